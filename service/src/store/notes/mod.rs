//! Notes of a user.

mod create;
mod read;
