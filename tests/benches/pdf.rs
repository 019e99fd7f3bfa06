//! The PDF of the example against Typst alone: the same page data, template and adapter,
//! in the same process. Budget: the whole build takes at most 1.1 times as long, and a
//! word's new layout 100 ms.

#![allow(clippy::unwrap_used)]

use divan::{Bencher, black_box};
use salsa::Setter as _;
use tests::example::NORRA_INNERSTADEN;
use tests::workspace::Memory;
use trc_typst::{Options, layout};

// The allocator of the binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// Where a word is changed, and the word.
const EDITED: (&str, &str) = ("t1-2025/mål-1.2.tr", "Skillnaden är liten");

fn page_data(it: &Memory) -> Vec<u8> {
    serde_json::to_vec(&it.page(NORRA_INNERSTADEN.report).report).unwrap()
}

fn pdf(page_data: &[u8]) -> trc_typst::Pdf {
    layout(page_data, &Options::default()).unwrap().pdf().unwrap()
}

#[divan::bench(sample_count = 10)]
fn typst_alone(bencher: Bencher) {
    let data = page_data(&Memory::new(&NORRA_INNERSTADEN.sources()));
    bencher.bench_local(|| {
        comemo::evict(0);
        black_box(pdf(&data))
    });
}

/// From the sources in memory: parse, check, page data, layout, PDF.
#[divan::bench(sample_count = 10)]
fn whole_build(bencher: Bencher) {
    let files = NORRA_INNERSTADEN.sources();
    bencher.bench_local(|| {
        comemo::evict(0);
        let it = Memory::new(&files);
        assert!(trc_rules::check(&it.db, it.workspace).is_empty());
        black_box(pdf(&page_data(&it)))
    });
}

/// From a word typed in a paragraph to the places of everything on the pages.
#[divan::bench(sample_count = 20)]
fn layout_after_a_word(bencher: Bencher) {
    let options = Options { positions: true, ..Options::default() };
    let mut it = Memory::new(&NORRA_INNERSTADEN.sources());
    let file = it.file(EDITED.0);
    let original = file.text(&it.db).clone();
    assert!(original.contains(EDITED.1), "there is something to edit");
    layout(&page_data(&it), &options).unwrap();
    let mut count = 0_usize;
    bencher.bench_local(|| {
        count += 1;
        let text = original.replacen(EDITED.1, &format!("{} {count}", EDITED.1), 1);
        file.set_text(&mut it.db).to(text);
        let layout = layout(&page_data(&it), &options).unwrap();
        let places =
            (0..layout.page_count()).map(|page| layout.positions(page).len()).sum::<usize>();
        // Handed out so that it is dropped outside the time taken, as in a preview that
        // has already sent its pages.
        (places, layout)
    });
}
