//! How long a report of about a hundred pages with distinct content takes.
//! Run with `cargo bench --profile dev -p trc_typst`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs
)]

#[path = "../fixture/mod.rs"]
mod fixture;

use divan::{Bencher, black_box};
use fixture::{long_report, page_data};
use trc_page::data::{Block, Inline};
use trc_typst::{Options, layout};

fn main() {
    divan::main();
}

/// Everything from page data to PDF, with nothing in the cache.
#[divan::bench(sample_count = 10)]
fn cold(bencher: Bencher) {
    let data = page_data(&long_report());
    bencher.bench_local(|| {
        comemo::evict(0);
        layout(black_box(&data), &Options::default()).unwrap().pdf().unwrap()
    });
}

/// The layout after one word has changed, as in a preview.
#[divan::bench(sample_count = 20)]
fn after_an_edit(bencher: Bencher) {
    let options = Options { positions: true, ..Options::default() };
    let mut report = long_report();
    let paragraph =
        report.body.iter().position(|block| matches!(block, Block::Paragraph { .. })).unwrap();
    layout(&page_data(&report), &options).unwrap();
    let mut round = 0_u32;
    bencher
        .with_inputs(|| {
            round += 1;
            if let Block::Paragraph { content } = &mut report.body[paragraph] {
                content.truncate(1);
                content.push(Inline::text(format!(" Tillägg {round}.")));
            }
            page_data(&report)
        })
        .bench_local_values(|data| {
            let layout = layout(&data, &options).unwrap();
            (0..layout.page_count()).map(|page| layout.positions(page).len()).sum::<usize>()
        });
}
