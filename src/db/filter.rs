//! Typed conditions on the records of one model, as services write them.

use super::{Expr, Field, Op};
use bson::{Bson, oid::ObjectId};
use std::marker::PhantomData;

/// A condition on records of `M`. It is ANDed with the scope, so it can only narrow.
pub struct Filter<M> {
    expr: Expr,
    model: PhantomData<fn() -> M>,
}

impl<M> Clone for Filter<M> {
    fn clone(&self) -> Self {
        Self { expr: self.expr.clone(), model: PhantomData }
    }
}

impl<M> From<Expr> for Filter<M> {
    fn from(expr: Expr) -> Self {
        Self { expr, model: PhantomData }
    }
}

impl<M> Filter<M> {
    /// Every record of the scope.
    pub fn all() -> Self {
        Expr::All.into()
    }

    /// The record with this id.
    pub fn id(id: ObjectId) -> Self {
        Expr::eq("_id", id).into()
    }

    /// The records with these ids.
    pub fn ids(ids: impl IntoIterator<Item = ObjectId>) -> Self {
        Expr::is_in("_id", ids).into()
    }

    /// `field = value`.
    pub fn eq(field: Field<M>, value: impl Into<Bson>) -> Self {
        Expr::eq(field.name(), value).into()
    }

    /// `field op value`.
    pub fn cmp(field: Field<M>, op: Op, value: impl Into<Bson>) -> Self {
        Expr::cmp(field.name(), op, value).into()
    }

    /// `field` is one of `values`.
    pub fn is_in<V: Into<Bson>>(field: Field<M>, values: impl IntoIterator<Item = V>) -> Self {
        Expr::is_in(field.name(), values).into()
    }

    /// The record still has this version.
    pub fn version(version: i64) -> Self {
        Expr::eq("version", version).into()
    }

    /// Both conditions.
    pub fn and(self, other: impl Into<Self>) -> Self {
        self.expr.and(other.into().expr).into()
    }

    /// Either condition.
    pub fn or(self, other: Self) -> Self {
        Expr::or([self.expr, other.expr]).into()
    }

    /// The condition as data.
    pub fn into_expr(self) -> Expr {
        self.expr
    }
}
