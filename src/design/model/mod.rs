//! The typed documents, declared once: decoder, schema, reference and check all come from here.

pub mod comparison;
pub mod component;
pub mod config;
pub mod connection;
pub mod data;
pub mod design;
pub mod drawing;
pub mod lab;
pub mod names;
pub mod observation;
pub mod organisation;
pub mod place;
pub mod policy;
pub mod report;
pub mod scenario;
pub mod stack;
pub mod vehicle;
pub mod workload;

pub use comparison::Comparison;
pub use component::Component;
pub use config::Config;
pub use design::Design;
pub use observation::Observation;
pub use policy::Policy;
pub use report::ReportMatter;
pub use scenario::Scenario;
pub use stack::Stack;
