//! Random documents and conditions over the fields of a model, from small domains, so that they meet often.

use bson::{Bson, DateTime, Document, oid::ObjectId};
use proptest::prelude::*;
use proptest::strategy::{BoxedStrategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use stoa::db::{Expr, Op};
use stoa::models::ModelInfo;
use stoa::schema::{FieldSpec, Kind};

/// A runner with the same seed in every run, so that the suite gives one verdict on one state of the code. Another seed
/// comes from `PROPERTY_SEED`; `scripts/properties` tries many.
pub fn runner() -> TestRunner {
    let seed = std::env::var("PROPERTY_SEED").unwrap_or_else(|_| "stoa".to_owned());
    eprintln!("PROPERTY_SEED={seed}");
    let mut bytes = [0_u8; 32];
    seed.bytes().zip(bytes.iter_mut()).for_each(|(byte, place)| *place = byte);
    TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

/// One value of a strategy.
pub fn draw<S: Strategy>(runner: &mut TestRunner, strategy: &S) -> S::Value {
    strategy.new_tree(runner).expect("a value").current()
}

/// Ids that documents and conditions share.
pub fn id(at: u8) -> ObjectId {
    ObjectId::from_bytes([at; 12])
}

fn texts() -> impl Strategy<Value = Bson> {
    prop::sample::select(vec![
        "",
        "a",
        "ab",
        "abc",
        "b",
        "B",
        "é",
        "z\u{fffd}",
        "zz",
        "a\u{10ffff}",
        "open",
        "$ne",
        "a.b",
    ])
    .prop_map(Bson::from)
}

/// One value of the kind, as stored.
fn scalar(kind: Kind) -> BoxedStrategy<Bson> {
    match kind {
        Kind::Enum(names) => prop::sample::select(names.to_vec()).prop_map(Bson::from).boxed(),
        Kind::Bool => any::<bool>().prop_map(Bson::from).boxed(),
        Kind::Int { .. } => prop_oneof![
            (-2_i64..4).prop_map(Bson::Int64),
            (0_i32..3).prop_map(Bson::Int32),
            prop::sample::select(vec![i64::MAX, i64::MAX - 1, 1 << 53, (1 << 53) + 1, i64::MIN])
                .prop_map(Bson::Int64),
        ]
        .boxed(),
        Kind::Time => (0_i64..4).prop_map(|ms| Bson::DateTime(DateTime::from_millis(ms))).boxed(),
        Kind::Id { .. } | Kind::Ids { .. } => (0_u8..4).prop_map(|at| Bson::ObjectId(id(at))).boxed(),
        _ => texts().boxed(),
    }
}

/// A stored value of a field: as it should be, null, missing, or of a neighbouring type.
fn value(spec: &FieldSpec) -> BoxedStrategy<Option<Bson>> {
    let one = scalar(spec.kind);
    let usual = if spec.kind.is_list() {
        prop::collection::vec(one, 0..4).prop_map(Bson::Array).boxed()
    } else {
        one
    };
    prop_oneof![
        8 => usual.prop_map(Some),
        2 => Just(Some(Bson::Null)),
        1 => Just(None),
        1 => texts().prop_map(Some),
    ]
    .boxed()
}

/// The paths that conditions on a model may name.
fn paths(model: &ModelInfo) -> Vec<(String, FieldSpec)> {
    let fields = model.fields.iter().filter(|spec| spec.name != "id");
    let mut paths: Vec<_> = fields.clone().map(|spec| (spec.name.to_owned(), *spec)).collect();
    paths.extend(fields.filter(|spec| spec.fold).map(|spec| (spec.sort_path(), *spec)));
    paths.push(("_id".to_owned(), FieldSpec::id_of("")));
    paths
}

/// A stored document of a model, without its id.
pub fn document(model: &ModelInfo) -> BoxedStrategy<Document> {
    let fields: Vec<_> = paths(model)
        .into_iter()
        .filter(|(path, _)| path != "_id")
        .map(|(path, spec)| value(&spec).prop_map(move |value| (path.clone(), value)))
        .collect();
    fields
        .prop_map(|fields| fields.into_iter().filter_map(|(path, value)| Some((path, value?))).collect())
        .boxed()
}

/// A condition on a model.
pub fn condition(model: &ModelInfo) -> BoxedStrategy<Expr> {
    let leaf = prop::sample::select(paths(model)).prop_flat_map(|(path, spec)| {
        let one = prop_oneof![6 => scalar(spec.kind), 1 => Just(Bson::Null), 1 => texts()].boxed();
        let list = prop::collection::vec(one.clone(), 0..4).prop_map(Bson::Array);
        let plain = prop::sample::select(vec![Op::Eq, Op::Ne, Op::Gt, Op::Gte, Op::Lt, Op::Lte]);
        let listed = prop::sample::select(vec![Op::In, Op::Nin, Op::All]);
        let (p, q, r) = (path.clone(), path.clone(), path);
        prop_oneof![
            4 => (plain, one).prop_map(move |(op, value)| Expr::cmp(p.clone(), op, value)),
            2 => (listed, list).prop_map(move |(op, value)| Expr::cmp(q.clone(), op, value)),
            1 => texts().prop_map(move |text| Expr::cmp(r.clone(), Op::Prefix, text)),
        ]
    });
    let leaf = prop_oneof![12 => leaf, 1 => Just(Expr::All), 1 => Just(Expr::Nothing)];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let some = prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            some.clone().prop_map(Expr::And),
            some.clone().prop_map(Expr::Or),
            some.clone().prop_map(Expr::or),
            some.prop_map(|parts| parts.into_iter().fold(Expr::All, Expr::and)),
            inner.prop_map(|part| Expr::Not(Box::new(part))),
        ]
    })
    .boxed()
}
