//! Files that other tools run from, as they are: Kubernetes objects, Compose projects, Ankaios states.
//!
//! They are read leniently (unknown kinds and fields are kept) from the same trees that épure's own
//! documents come from, told apart by content, gathered into [`Unit`]s that could each be one
//! cluster or project, and turned into the tree of a design in which every value keeps the file and
//! the place that it was said at.

pub mod adopt;
pub mod bind;
pub mod compose;
pub mod container;
pub mod design;
pub mod form;
pub mod gather;
pub mod grouping;
pub mod image;
pub mod links;
pub mod live;
pub mod mounts;
pub mod names;
pub mod nodes;
pub mod object;
pub mod pieces;
pub mod quantities;
pub mod secrets;
pub mod selector;
pub mod state;
pub mod stored;
pub mod streams;
pub mod unit;
pub mod write;

pub use adopt::{adopt, adopt_in};
pub use container::Container;
pub use form::Form;
pub use gather::{Stray, gather};
pub use links::Links;
pub use object::Object;
pub use unit::{Unit, Workload};
