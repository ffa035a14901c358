//! The cloud assembly on disk: the only place of this crate that touches files.
