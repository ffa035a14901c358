//! What devices hear of each other, and what happens without anybody asking.

mod changes;
mod seed;
