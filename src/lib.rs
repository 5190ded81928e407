//! `epure` reads descriptions of stacks and production designs, checks them as a senior reviewer
//! would, works out what follows from them and draws it.
//!
//! Six rooms, one way through: [`source`] → [`design`] → [`analysis`] → [`figure`] → [`report`] →
//! [`cli`]. A room knows the rooms before it and never those after; `tests/rooms.rs` holds that.
#![forbid(unsafe_code)]

pub mod analysis;
pub mod cli;
pub mod design;
pub mod figure;
pub mod report;
pub mod source;
