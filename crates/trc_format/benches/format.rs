//! How fast files are laid out, parsing included.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "../../trc_syntax/benches/corpus.rs"]
mod corpus;

use divan::counter::BytesCount;

fn main() {
    divan::main();
}

#[divan::bench]
fn format(bencher: divan::Bencher) {
    let files = corpus::files();
    bencher.counter(BytesCount::new(corpus::bytes(&files))).bench_local(|| {
        for file in &files {
            divan::black_box(trc_format::format(file));
        }
    });
}
