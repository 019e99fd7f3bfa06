//! The picture of a page in the README. Not compared by `--check`: another version of
//! the program that draws it gives other bytes.

use std::process::Command;

use crate::{Failure, machine, run, steps};

/// What stands on the page to show: the head of an indicator table.
const ON_THE_PAGE: &str = "Prognos";

/// Builds the example and draws its first page with a table of indicators.
pub fn draw() -> Result<(), Failure> {
    machine::prepare()?;
    let pdf = steps::build_example()?;
    // pdftotext ends each page with a form feed.
    let text = run::output(Command::new("pdftotext").args(["-layout"]).arg(&pdf).arg("-"))?;
    let page = text
        .split('\u{c}')
        .position(|page| page.contains(ON_THE_PAGE) && page.contains("Period"))
        .ok_or("no page of the example has a table of indicators")?;
    let page = page.saturating_add(1).to_string();
    let folder = run::root().join("docs/bilder");
    std::fs::create_dir_all(&folder)?;
    run::run(
        Command::new("pdftoppm")
            .args(["-png", "-singlefile", "-r", "90", "-f", &page, "-l", &page])
            .arg(&pdf)
            .arg(folder.join("page")),
    )?;
    println!("docs/bilder/page.png shows page {page}");
    Ok(())
}
