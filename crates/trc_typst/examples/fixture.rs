//! Writes the PDF of the invented report, to look at it:
//! `cargo run -p trc_typst --example fixture -- out.pdf [long]`

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    missing_docs
)]

#[path = "../fixture/mod.rs"]
mod fixture;

use std::time::Instant;

fn main() {
    let path = std::env::args().nth(1).expect("the name of the PDF");
    let long = std::env::args().nth(2).is_some();
    let report = if long { fixture::long_report() } else { fixture::report() };
    let page_data = fixture::page_data(&report);
    std::fs::write(format!("{path}.json"), &page_data).expect("the page data can be written");
    let start = Instant::now();
    let layout = match trc_typst::layout(&page_data, &trc_typst::Options::default()) {
        Ok(layout) => layout,
        Err(failure) => panic!("{failure}"),
    };
    let laid_out = start.elapsed();
    let pdf = match layout.pdf() {
        Ok(pdf) => pdf,
        Err(failure) => panic!("{failure}"),
    };
    println!(
        "{} pages, {} passes, layout {laid_out:?}, export {:?}, {} bytes",
        pdf.pages,
        layout.passes(),
        start.elapsed() - laid_out,
        pdf.bytes.len()
    );
    std::fs::write(path, pdf.bytes).expect("the PDF can be written");
}
