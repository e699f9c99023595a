//! Data that is wrong by accident or on purpose: nothing of it may stop a program, and each limit says its name.
//!
//! `make fuzz` runs the same for longer.

#[path = "../common/attacks.rs"]
mod attacks;
mod encoders;
mod every_field;
#[path = "../common/fields.rs"]
mod fields;
mod fuzz;
mod limits;
