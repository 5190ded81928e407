//! What follows from a design: placement, rules, measures, comparison, timelines.
//!
//! Every function here takes the resolved workspace and returns its value together with what it
//! was worked out from. Nothing here knows how a result is drawn or printed.

pub mod dependence;
pub mod derived;
pub mod review;
pub mod rule;
pub mod rules;
pub mod view;
pub mod waiver;
mod waiver_findings;

pub use derived::Derived;
pub use view::View;
