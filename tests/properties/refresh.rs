//! Refresh tokens as a machine: whatever is lost, repeated or stolen, a family has one active token at most, and who
//! plays by the rules is never logged out.

use super::generate::{draw, runner};
use crate::support::{LogIn, Persona, TestApp};
use bson::{Document, doc, oid::ObjectId};
use futures::future::join_all;
use proptest::prelude::*;
use std::time::Duration;

/// What happens next.
#[derive(Clone, Debug)]
enum Step {
    /// The client refreshes and gets the answer.
    Refresh,
    /// The answers to this many tries are lost; the client tries again with the same token.
    Lose(usize),
    /// This many tabs refresh at once with the same token.
    Tabs(usize),
    /// Time passes, in seconds.
    Wait(u64),
    /// Somebody uses a token that was replaced before, counted from the latest.
    Replay(usize),
    /// The client logs out.
    LogOut,
}

fn honest() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => Just(Step::Refresh),
        3 => (1_usize..4).prop_map(Step::Lose),
        2 => (2_usize..5).prop_map(Step::Tabs),
        2 => (1_u64..100_000).prop_map(Step::Wait),
    ]
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![8 => honest(), 1 => (1_usize..4).prop_map(Step::Replay), 1 => Just(Step::LogOut)]
}

/// A client with all tokens that it ever held, the latest last.
struct Client {
    login: LogIn,
    tokens: Vec<String>,
}

async fn begin(app: &TestApp, person: &Persona) -> Client {
    let login = app.log_in(person).await;
    let tokens = vec![login.refresh.clone()];
    Client { login, tokens }
}

impl Client {
    fn latest(&self) -> String {
        self.tokens.last().unwrap().clone()
    }

    /// Takes a step; tells whether the client is still logged in as far as it knows.
    async fn take(&mut self, app: &TestApp, step: &Step) -> bool {
        let token = self.latest();
        match step {
            Step::Refresh => self.hear(&app.refresh(&token).await),
            Step::Lose(times) => {
                for _ in 0..*times {
                    drop(app.refresh(&token).await);
                }
                self.hear(&app.refresh(&token).await)
            }
            Step::Tabs(tabs) => {
                let answers = join_all((0..*tabs).map(|_| app.refresh(&token))).await;
                let first = LogIn::of(&answers[0].expect(200)).refresh;
                for answer in &answers {
                    assert_eq!(LogIn::of(&answer.expect(200)).refresh, first, "tabs must agree");
                }
                self.hear(&answers[0])
            }
            Step::Wait(seconds) => {
                app.clock.advance(Duration::from_secs(*seconds));
                true
            }
            Step::Replay(back) => {
                let old = self.tokens.len().checked_sub(1 + back).map(|at| self.tokens[at].clone());
                if let Some(old) = old {
                    drop(app.refresh(&old).await);
                }
                app.refresh(&token).await.status == 200 && self.hear(&app.refresh(&token).await)
            }
            Step::LogOut => {
                let session = ObjectId::parse_str(&self.login.session).unwrap();
                if let Some(ask) = app.ask_by_session(doc! { "_id": session }).await {
                    ask.post("/auth/logout", serde_json::json!({})).await;
                }
                false
            }
        }
    }

    fn hear(&mut self, answer: &crate::support::Answer) -> bool {
        if answer.status != 200 {
            return false;
        }
        self.tokens.push(LogIn::of(&answer.json()).refresh);
        true
    }

    async fn active(&self, app: &TestApp) -> u64 {
        let session = ObjectId::parse_str(&self.login.session).unwrap();
        let tokens = app.raw.collection::<Document>("refresh_tokens");
        tokens.count_documents(doc! { "session_id": session, "state": "active" }).await.unwrap()
    }
}

#[tokio::test]
async fn an_honest_client_is_never_logged_out() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.client).await;
    let (mut runner, steps) = (runner(), prop::collection::vec(honest(), 1..14));
    for _ in 0..12 {
        let mut client = begin(&app, &a.client).await;
        let steps = draw(&mut runner, &steps);
        let mut waited = 0;
        for step in &steps {
            // Within the life of a session: idle after seven days, over after thirty.
            if let Step::Wait(seconds) = step {
                waited += seconds;
            }
            if waited > 5 * 86_400 {
                break;
            }
            assert!(client.take(&app, step).await, "logged out by {step:?} of {steps:?}");
            assert_eq!(client.active(&app).await, 1, "{step:?} of {steps:?}");
        }
    }
    app.finish().await;
}

#[tokio::test]
async fn a_family_has_one_active_token_at_most_and_none_after_its_end() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.client).await;
    let (mut runner, steps) = (runner(), prop::collection::vec(any_step(), 4..16));
    let mut ended = 0;
    for _ in 0..16 {
        let mut client = begin(&app, &a.client).await;
        let steps = draw(&mut runner, &steps);
        for step in &steps {
            let goes_on = client.take(&app, step).await;
            let active = client.active(&app).await;
            assert!(active <= 1, "{active} active tokens after {step:?} of {steps:?}");
            if !goes_on {
                ended += 1;
                assert_eq!(active, 0, "a token outlives {step:?} of {steps:?}");
                for token in client.tokens.iter().rev().take(3) {
                    assert_eq!(
                        app.refresh(token).await.status,
                        401,
                        "a token works after {step:?} of {steps:?}"
                    );
                }
                break;
            }
        }
    }
    assert!(ended > 2, "only {ended} families ended: the steps prove little");
    app.finish().await;
}
