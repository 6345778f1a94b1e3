//! The kernels of the scan, by each set of instructions that this machine has.
//!
//! `cargo bench -p specsmith-plan --features bench`
#![allow(missing_docs)] // the macros' functions

use std::hint::black_box;
use std::path::Path;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use specsmith_ir::Direction;
use specsmith_plan::bench::{self, Entity, Form, Padded, Variant};
use specsmith_plan::{Options, Plan};

/// As much as the stream marks at a time.
const STRETCH: u64 = 48 << 10;

fn plan(entity: Entity) -> Plan {
    let file = format!("../../specs/{}.yaml", entity.name());
    let (specification, _) = specsmith_source::load(
        &[Path::new(env!("CARGO_MANIFEST_DIR")).join(file)],
        &specsmith_source::Disk,
        &specsmith_source::Limits::default(),
    );
    let lowered = specsmith_source::lower(&specification.expect("our own specification"));
    let name = match entity {
        Entity::Agent => "AgentMetadata",
        Entity::Conversation => "ConversationMetadata",
        Entity::Customer => "CustomerMetadata",
    };
    let root = lowered.model.definition(name).expect("it is defined");
    specsmith_plan::compile(
        &lowered.model,
        &lowered.origins,
        root.schema,
        Direction::Request,
        &Options::default(),
    )
}

fn text(entity: Entity, variant: Variant) -> Padded {
    let mut text = Vec::new();
    bench::write(entity, variant, Form::Lines, 7, STRETCH, &mut text).expect("memory");
    Padded::new(&text)
}

/// The first pass: quotes, control characters, broken escapes.
fn marks(criterion: &mut Criterion) {
    let plan = plan(Entity::Agent);
    let mut group = criterion.benchmark_group("marks");
    for variant in [Variant::Plain, Variant::Escaped] {
        let text = text(Entity::Agent, variant);
        group.throughput(Throughput::Bytes(text.len() as u64));
        for mut kernels in plan.kernels() {
            let id = BenchmarkId::new(variant.name(), kernels.name());
            group.bench_function(id, |it| it.iter(|| kernels.marks(black_box(&text))));
        }
    }
    group.finish();
}

/// Both passes.
fn lines(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("lines");
    for entity in Entity::ALL {
        let plan = plan(entity);
        for variant in Variant::ALL {
            let text = text(entity, variant);
            group.throughput(Throughput::Bytes(text.len() as u64));
            for mut kernels in plan.kernels() {
                let name = format!("{}-{}", entity.name(), variant.name());
                let id = BenchmarkId::new(name, kernels.name());
                group.bench_function(id, |it| it.iter(|| kernels.lines(black_box(&text))));
            }
        }
    }
    group.finish();
}

/// What is decided 32 bytes at a time.
fn windows(criterion: &mut Criterion) {
    let plan = plan(Entity::Agent);
    let window = |text: &str| {
        let mut window = [b'"'; 32];
        for (slot, byte) in window.iter_mut().zip(text.bytes()) {
            *slot = byte;
        }
        (window, text.len())
    };
    let texts = [
        window("jdoe@example.com"),
        window("first.last+tag@mail-7.example.co"),
        window("2022-07-08T11:15:53.237517000Z"),
        window("2022-07-08T11:15:53Z"),
    ];
    let bytes = texts.map(|(window, _)| window);
    let mut group = criterion.benchmark_group("windows");
    group.throughput(Throughput::Elements(texts.len() as u64));
    for kernels in plan.kernels() {
        let id = BenchmarkId::new("in-set", kernels.name());
        group.bench_function(id, |it| it.iter(|| kernels.in_set(black_box(&bytes))));
        let id = BenchmarkId::new("formats", kernels.name());
        group.bench_function(id, |it| it.iter(|| kernels.formats(black_box(&texts))));
    }
    group.finish();
}

criterion_group!(kernels, marks, lines, windows);
criterion_main!(kernels);
