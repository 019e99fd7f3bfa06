//! One file for each request: it fetches the answer from `trc_ide` and converts it.

pub mod formatting;
