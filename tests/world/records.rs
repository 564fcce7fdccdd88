//! Companies with a record of every tenant model, written past the program, as the database would hold them.

use super::sample::{Voice, sample, stored};
use crate::support::{Persona, Tenant, TestApp};
use bson::{Bson, DateTime, Document, doc, oid::ObjectId};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use stoa::models::{ALL, ModelInfo};
use stoa::permissions::Role;
use stoa::schema::Access;

/// A company and one record of each of its models.
pub struct Place {
    pub tenant: Tenant,
    pub mark: String,
    records: HashMap<&'static str, ObjectId>,
}

/// The database with its companies.
pub struct World {
    pub app: TestApp,
    next: AtomicU64,
}

/// Resources that show the records of another.
const SHOWN: &[(&str, &str)] = &[("reports", "tickets")];

/// The model of a resource.
pub fn info(resource: &str) -> &'static ModelInfo {
    let resource = SHOWN.iter().find(|(name, _)| *name == resource).map_or(resource, |(_, of)| *of);
    ALL.iter()
        .find(|model| model.resource == resource)
        .unwrap_or_else(|| panic!("no model of {resource}: teach tests/world/feed.rs its name"))
}

/// Resources whose records the generic writer leaves to the personas.
const MADE_ELSEWHERE: &[&str] = &["companies", "users"];

impl World {
    pub async fn start() -> Self {
        Self { app: TestApp::start().await, next: AtomicU64::new(1) }
    }

    /// A company with people and a record of every model; all its texts begin with `mark`. `twin` sets the value of
    /// natural keys, so that two companies share them.
    pub async fn place(&self, mark: &str, twin: u64) -> Place {
        let tenant = self.app.tenant(mark).await;
        let mut records = HashMap::from([("companies", tenant.id), ("users", tenant.writer.id)]);
        let models: Vec<_> = ALL.iter().filter(|model| model.scope_field.is_some()).collect();
        for model in models.iter().filter(|model| !MADE_ELSEWHERE.contains(&model.resource)) {
            // One record a company, with the company's id.
            let id = if model.resource == "settings" { tenant.id } else { ObjectId::new() };
            records.insert(model.resource, id);
        }
        records.insert("spare_tickets", ObjectId::new());
        let place = Place { tenant, mark: mark.to_owned(), records };
        for model in models.iter().filter(|model| !MADE_ELSEWHERE.contains(&model.resource)) {
            self.write(&place, model, place.id(model.resource), twin, true, Document::new()).await;
        }
        let spare = place.id("spare_tickets");
        self.write(&place, info("tickets"), spare, self.number(), false, Document::new()).await;
        place
    }

    /// A number that was not used before.
    pub fn number(&self) -> u64 {
        1000 + self.next.fetch_add(1, Ordering::SeqCst)
    }

    /// One more record of a resource, used by nothing, so that it may be changed and deleted. `set` overrides fields.
    pub async fn fresh(&self, place: &Place, resource: &str, set: Document) -> ObjectId {
        match resource {
            "users" => {
                let role = set.get_str("role").ok().and_then(Role::parse).unwrap_or(Role::Client);
                let person = Persona::create(&self.app, Some(place.tenant.id), role, &place.mark).await;
                if !set.is_empty() {
                    let users = self.app.raw.collection::<Document>("users");
                    users.update_one(doc! { "_id": person.id }, doc! { "$set": set }).await.unwrap();
                }
                person.id
            }
            "sessions" => {
                Persona::create(&self.app, Some(place.tenant.id), Role::Client, &place.mark).await.session
            }
            "settings" => place.tenant.id,
            _ => {
                let id = ObjectId::new();
                self.write(place, info(resource), id, self.number(), false, set).await;
                id
            }
        }
    }

    async fn write(
        &self,
        place: &Place,
        model: &ModelInfo,
        id: ObjectId,
        n: u64,
        linked: bool,
        set: Document,
    ) {
        let mut document = place.document(model, id, n, linked);
        document.extend(set);
        self.app.raw.collection::<Document>(model.collection).insert_one(&document).await.unwrap();
        let mail = match model.resource {
            "inbound_emails" => Some(id),
            "ticket_messages" => {
                document.get_document("email").ok().and_then(|email| email.get_object_id("inbound_id").ok())
            }
            _ => None,
        };
        // A mail without its bytes is not found, by its owner neither.
        if let Some(mail) = mail {
            let chunks = info("inbound_chunks");
            let mut piece = place.document(chunks, ObjectId::new(), self.number(), false);
            piece.extend(doc! { "email_id": mail, "n": 0_i64 });
            let rows = self.app.raw.collection::<Document>(chunks.collection);
            // Many messages of a place name the same mail.
            let same = doc! { "company_id": place.tenant.id, "email_id": mail };
            if rows.count_documents(same).await.unwrap() == 0 {
                rows.insert_one(piece).await.unwrap();
            }
        }
    }

    /// A hash of everything that belongs to a company: its records and what the platform keeps for it.
    pub async fn hash(&self, place: &Place) -> HashMap<&'static str, Vec<u8>> {
        use futures::TryStreamExt;
        let mut hashes = HashMap::new();
        let company = place.tenant.id;
        let people: Vec<Bson> = {
            let users = self.app.raw.collection::<Document>("users");
            users.distinct("_id", doc! { "company_id": company }).await.unwrap()
        };
        for model in ALL {
            let filter = match (model.scope_field, model.collection) {
                (Some(field), _) => doc! { field: company },
                (None, "counters" | "audit_heads") => {
                    doc! { "_id": { "$gte": company.to_hex(), "$lt": format!("{}~", company.to_hex()) } }
                }
                (None, _) => doc! { "user_id": { "$in": &people } },
            };
            let rows = self.app.raw.collection::<Document>(model.collection);
            // Sessions note when their own person used them last.
            let seen = doc! { "last_seen_at": 0, "idle_expires_at": 0, "ip": 0 };
            let projection = if model.collection == "sessions" { seen } else { Document::new() };
            let find = rows.find(filter).projection(projection).sort(doc! { "_id": 1 });
            let found: Vec<Document> = find.await.unwrap().try_collect().await.unwrap();
            hashes.insert(model.collection, bson::serialize_to_vec(&doc! { "rows": found }).unwrap());
        }
        hashes
    }
}

impl Place {
    /// The company's main record of a resource.
    pub fn id(&self, resource: &str) -> ObjectId {
        match resource {
            "sessions" => self.tenant.admin.session,
            _ => *self.records.get(resource).unwrap_or_else(|| panic!("no record of {resource}")),
        }
    }

    /// A record as the database would hold it. `linked` ones point to others wherever they can.
    pub fn document(&self, model: &ModelInfo, id: ObjectId, n: u64, linked: bool) -> Document {
        let refer = |of: &str| (of != model.resource).then(|| self.id(of));
        let voice = Voice { mark: &self.mark, n, refer: &refer };
        let now = DateTime::now();
        let mut document = doc! { "_id": id };
        if let Some(field) = model.scope_field.filter(|field| *field != "_id") {
            document.insert(field, self.tenant.id);
        }
        const STAMPED: &[&str] = &[
            "id",
            "company_id",
            "created_at",
            "created_by",
            "updated_at",
            "updated_by",
            "version",
            "deleted_at",
        ];
        for spec in model.fields.iter().filter(|spec| !STAMPED.contains(&spec.name)) {
            let loose = !linked && spec.nullable && spec.kind.reference().is_some();
            let value = match spec.access {
                // What must be there is there, and marked, so that it is recognised if it ever comes out.
                Access::Hidden if spec.nullable || spec.initial() != Bson::Null => spec.initial(),
                _ if loose || (!linked && spec.kind.is_list()) => spec.initial(),
                _ => stored(model.resource, spec, &voice),
            };
            if spec.fold {
                document.insert(spec.sort_path(), value.as_str().map(str::to_lowercase));
            }
            document.insert(spec.name, value);
        }
        document.extend(doc! {
            "created_at": now, "created_by": self.tenant.admin.id, "updated_at": now,
            "updated_by": self.tenant.admin.id, "version": 1_i64, "deleted_at": null,
        });
        document
    }

    /// The members of a body that sets the fields of `resource` that `wanted` accepts.
    pub fn members(
        &self,
        resource: &str,
        specs: &[stoa::schema::FieldSpec],
        n: u64,
        wanted: impl Fn(&stoa::schema::FieldSpec) -> bool,
    ) -> serde_json::Map<String, Value> {
        let refer = |of: &str| Some(self.id(of));
        let voice = Voice { mark: &self.mark, n, refer: &refer };
        let chosen = specs.iter().filter(|spec| wanted(spec));
        chosen.map(|spec| (spec.name.to_owned(), sample(resource, spec, &voice))).collect()
    }
}
