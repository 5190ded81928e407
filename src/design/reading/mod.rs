//! From trees to typed documents: the schema, the structural check, merging of variants.

pub mod check;
pub mod merge;
pub mod scalars;
pub mod schema;
pub mod scope;
pub mod shape;
