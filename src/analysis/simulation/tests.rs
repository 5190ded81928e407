//! What the simulator must show.
