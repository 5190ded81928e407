//! What follows from a design: placement, rules, measures, comparison, timelines.
//!
//! Every function here takes the resolved workspace and returns its value together with what it
//! was worked out from. Nothing here knows how a result is drawn or printed.

pub mod advice;
pub mod availability;
pub mod capacity;
pub mod commit_wait;
pub mod comparison;
pub mod consequence;
pub mod constants;
pub mod credential_fix;
pub mod credentials;
pub mod decision;
pub mod dependence;
pub mod derived;
pub mod difference;
pub mod expectations;
pub mod exposure;
pub mod expression;
pub mod failure_domains;
pub mod findings;
pub mod kernel;
pub mod layers;
pub mod manifests;
pub mod measure;
pub mod measures;
pub mod observation;
pub mod oversight;
pub mod pattern;
pub mod placement;
pub mod policy;
pub mod remedies;
pub mod review;
pub mod rule;
pub mod rules;
pub mod runs;
pub mod safety;
pub mod secrets;
pub mod simulation;
pub mod standing;
pub mod steps;
pub mod vehicle;
pub mod view;
pub mod waiver;
mod waiver_comments;
mod waiver_findings;

pub use derived::Derived;
pub use view::View;
