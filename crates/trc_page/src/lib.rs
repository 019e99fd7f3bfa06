//! A report as page data: everything that is printed, in the order it is
//! printed, with numbers already formatted.

pub mod data;
