//! Writes the PDF of the invented report, or of a file of page data, to look at it:
//! `cargo run -p trc_typst --example fixture -- out.pdf [long | compound | parts | page-data.json]`

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
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
    let page_data = match std::env::args().nth(2).as_deref() {
        None => fixture::page_data(&fixture::report()),
        Some("long") => fixture::page_data(&fixture::long_report()),
        Some("compound") => fixture::page_data(&fixture::compound(false)),
        Some("parts") => fixture::page_data(&fixture::compound(true)),
        Some(file) => std::fs::read(file).expect("the page data can be read"),
    };
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
