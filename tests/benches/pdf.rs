//! The PDF against Typst alone: the same page data, template and adapter, in the same
//! process. Budget: the whole build takes at most 1.1 times as long.

#![allow(clippy::unwrap_used)]

use divan::{Bencher, black_box};
use tests::generate::Generated;
use trc_typst::{Options, layout};

fn main() {
    divan::main();
}

/// A report of about ninety pages.
const GOALS: usize = 36;

fn page_data(it: &Generated) -> Vec<u8> {
    let built = trc_page::build(&it.db, it.workspace, &it.report()).unwrap();
    serde_json::to_vec(&built.report).unwrap()
}

fn pdf(page_data: &[u8]) -> trc_typst::Pdf {
    layout(page_data, &Options::default()).unwrap().pdf().unwrap()
}

#[divan::bench(sample_count = 10)]
fn typst_alone(bencher: Bencher) {
    let data = page_data(&Generated::new(GOALS));
    bencher.bench_local(|| {
        comemo::evict(0);
        black_box(pdf(&data))
    });
}

/// From the sources in memory: parse, check, page data, layout, PDF.
#[divan::bench(sample_count = 10)]
fn whole_build(bencher: Bencher) {
    bencher.bench_local(|| {
        comemo::evict(0);
        let it = Generated::new(GOALS);
        assert!(trc_rules::check(&it.db, it.workspace).is_empty());
        black_box(pdf(&page_data(&it)))
    });
}
