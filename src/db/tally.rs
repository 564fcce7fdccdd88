//! Numbers of records by what they have in common, in one command that an index answers where it holds all that is asked.

use super::{Field, Filter, Reader, TenantModel, reader::LIST_TIME};
use crate::errors::Result;
use bson::{Bson, Document, doc};
use futures::TryStreamExt;
use mongodb::options::Hint;
use serde::de::DeserializeOwned;

/// What records are told apart by.
pub enum By<'a, M> {
    /// The value of a field.
    Value(Field<M>),
    /// Whether a field has this value; a missing field is `null`.
    Is(Field<M>, Bson),
    /// The day on which a time lies in a time zone, as in `2026-01-31`.
    Day(Field<M>, &'a str),
}

impl<M> By<'_, M> {
    fn expression(&self) -> Bson {
        let path = |field: &Field<M>| format!("${}", field.name());
        match self {
            Self::Value(field) => path(field).into(),
            Self::Is(field, value) => {
                doc! { "$eq": [{ "$ifNull": [path(field), null] }, { "$literal": value.clone() }] }.into()
            }
            Self::Day(field, zone) => super::calendar::day(path(field), doc! { "$literal": *zone }).into(),
        }
    }
}

impl<M: TenantModel> Reader<M> {
    /// Numbers of records that satisfy `filter`, by all of `by` together; `K` has a member of each of the names. The index
    /// `hint` is walked, else one that the database chooses; only its keys are read when they hold `deleted_at` and the
    /// fields of the filter, of the reach and of `by`.
    pub async fn tally<K: DeserializeOwned>(
        &self,
        filter: Filter<M>,
        by: &[(&str, By<'_, M>)],
        hint: Option<&str>,
    ) -> Result<Vec<(K, i64)>> {
        let key: Document = by.iter().map(|(name, by)| ((*name).to_owned(), by.expression())).collect();
        let found = self.around_by_index(&filter.into_expr())?;
        self.groups(found, key.into(), hint).await
    }

    /// Numbers of records by the value of `field`, of those that satisfy `filter`.
    pub async fn count_by<K: DeserializeOwned>(
        &self,
        filter: Filter<M>,
        field: Field<M>,
    ) -> Result<Vec<(K, i64)>> {
        let found = self.around(&filter.into_expr())?;
        self.groups(found, By::Value(field).expression(), None).await
    }

    async fn groups<K: DeserializeOwned>(
        &self,
        found: Document,
        key: Bson,
        hint: Option<&str>,
    ) -> Result<Vec<(K, i64)>> {
        #[derive(serde::Deserialize)]
        struct Group<K> {
            #[serde(rename = "_id")]
            key: K,
            count: i64,
        }
        let stages =
            vec![doc! { "$match": found }, doc! { "$group": { "_id": key, "count": { "$sum": 1_i64 } } }];
        let groups: Vec<Group<K>> = self.aggregate(stages, hint).await?;
        Ok(groups.into_iter().map(|group| (group.key, group.count)).collect())
    }

    /// Runs stages of which the first is a `$match` with the whole filter of the reader.
    pub(super) async fn aggregate<T: DeserializeOwned>(
        &self,
        stages: Vec<Document>,
        hint: Option<&str>,
    ) -> Result<Vec<T>> {
        let mut aggregate = self
            .collection()
            .aggregate(stages)
            .max_time(LIST_TIME)
            .comment(Bson::String(self.comment().to_owned()));
        if let Some(hint) = hint {
            aggregate = aggregate.hint(Hint::Name(hint.to_owned()));
        }
        Ok(aggregate.with_type::<T>().await?.try_collect().await?)
    }
}
