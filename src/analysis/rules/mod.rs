//! The registry of rules: one file each, one line each, in the order in which they are listed.

use super::rule::Rule;

mod availability_single_replica;

/// Every rule.
pub static RULES: &[&Rule] = &[&availability_single_replica::RULE];

#[cfg(test)]
mod tests;
