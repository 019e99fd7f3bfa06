//! How fast files are parsed.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod corpus;

use divan::counter::BytesCount;

fn main() {
    divan::main();
}

#[divan::bench]
fn parse(bencher: divan::Bencher) {
    let files = corpus::files();
    bencher.counter(BytesCount::new(corpus::bytes(&files))).bench_local(|| {
        for file in &files {
            divan::black_box(trc_syntax::parse(file));
        }
    });
}
