//! Properties that hold after every event, on designs and failures that nobody chose.

mod generated;
mod properties;
