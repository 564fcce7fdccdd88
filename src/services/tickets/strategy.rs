//! Automatic assignment: in turn, to whom has the least to do, or by skill.

use crate::db::{Expr, Filter, Op, Patch, Tx};
use crate::errors::Result;
use crate::models::{AssignmentStrategy, Category, Department, Settings, Status, Ticket, User, UserStatus};
use crate::permissions::{Role, TenantScope};
use bson::{DateTime, Document, doc, oid::ObjectId};
use std::collections::HashMap;

/// Most people among whom is chosen.
const MAX_CANDIDATES: i64 = 1000;

/// What automatic assignment came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pick {
    /// Tickets wait until someone takes them.
    Manual,
    /// This person.
    Person(ObjectId),
    /// Everyone is away, full or lacks the skill.
    Nobody,
}

/// Chooses who gets a ticket of a department (of the company, when none) and category.
///
/// The choice is noted in the same transaction, so two tickets at once cannot both go to the same turn, nor above
/// anyone's capacity.
pub async fn pick(
    tx: &mut Tx,
    scope: &TenantScope,
    settings: &Settings,
    department: Option<ObjectId>,
    category: Option<ObjectId>,
) -> Result<Pick> {
    let (strategy, pointer) = match department {
        Some(id) => match tx.within::<Department>(scope).find_one(Filter::id(id)).await? {
            Some(department) => (department.assignment_strategy, department.assignment_pointer),
            None => return Ok(Pick::Manual),
        },
        None => (settings.assignment_strategy, settings.assignment_pointer),
    };
    if strategy == AssignmentStrategy::Manual {
        return Ok(Pick::Manual);
    }
    let mut people = present(tx, scope, department).await?;
    if strategy == AssignmentStrategy::Skill
        && let Some(skill) = skill(tx, scope, category).await?
    {
        people.retain(|user| user.skills.iter().any(|known| known.to_lowercase() == skill));
    }
    let load = load(tx, scope, &people).await?;
    let busy = |user: &User| load.get(&user.id).copied().unwrap_or_default();
    people.retain(|user| user.capacity == 0 || busy(user) < user.capacity);
    // In the order of turns: those after the last one first.
    people.sort_by_key(|user| (pointer.is_some_and(|last| user.id <= last), user.id));
    let chosen = match strategy {
        AssignmentStrategy::RoundRobin | AssignmentStrategy::Manual => people.first(),
        AssignmentStrategy::LeastOpen | AssignmentStrategy::Skill => {
            people.iter().min_by_key(|user| busy(user))
        }
    };
    let Some(chosen) = chosen.map(|user| user.id) else { return Ok(Pick::Nobody) };
    match department {
        Some(id) => {
            let patch = Patch::new()
                .set(Department::assignment_pointer(), chosen)
                .inc(Department::assignment_turns(), 1);
            tx.within::<Department>(scope).update_many(Filter::id(id), patch, false).await?;
        }
        None => {
            let patch =
                Patch::new().set(Settings::assignment_pointer(), chosen).inc(Settings::assignment_turns(), 1);
            tx.within::<Settings>(scope).update_many(Filter::all(), patch, false).await?;
        }
    }
    Ok(Pick::Person(chosen))
}

/// Active staff of the department (without one: writers and managers of the company) who are not away.
async fn present(tx: &mut Tx, scope: &TenantScope, department: Option<ObjectId>) -> Result<Vec<User>> {
    let who = match department {
        Some(id) => {
            Filter::eq(User::department_ids(), id).and(Filter::cmp(User::role(), Op::Ne, Role::Client))
        }
        None => Filter::is_in(User::role(), [Role::ContentManager, Role::ContentWriter]),
    };
    let active = who.and(Filter::eq(User::status(), UserStatus::Active));
    let mut people = tx.within::<User>(scope).find(active, doc! { "_id": 1 }, MAX_CANDIDATES).await?;
    let now = tx.now();
    people.retain(|user| !user.out_of_office.as_ref().is_some_and(|absence| is_away(absence, now)));
    Ok(people)
}

fn is_away(absence: &Document, now: DateTime) -> bool {
    let (from, to) = (absence.get_datetime("from"), absence.get_datetime("to"));
    matches!((from, to), (Ok(from), Ok(to)) if *from <= now && now < *to)
}

/// The skill that a category asks for, in lower case.
async fn skill(tx: &mut Tx, scope: &TenantScope, category: Option<ObjectId>) -> Result<Option<String>> {
    let Some(id) = category else { return Ok(None) };
    let category = tx.within::<Category>(scope).find_one(Filter::id(id)).await?;
    let skill = category.and_then(|category| category.skill).map(|skill| skill.to_lowercase());
    Ok(skill.filter(|skill| !skill.is_empty()))
}

/// Open tickets of each person.
async fn load(tx: &mut Tx, scope: &TenantScope, people: &[User]) -> Result<HashMap<ObjectId, i64>> {
    let theirs = Filter::is_in(Ticket::assignee_id(), people.iter().map(|user| user.id));
    let over = Expr::cmp(Ticket::status().name(), Op::Nin, vec![Status::Solved, Status::Closed]);
    let counts = tx.within::<Ticket>(scope).count_by(theirs.and(over), Ticket::assignee_id()).await?;
    Ok(counts.into_iter().collect())
}
