//! Schedules: when each periodic job is due next. What they are is in `jobs::schedules`.

use crate::model;
use crate::schema::FieldSpec;
use bson::DateTime;

model! {
    /// When a periodic job is due next. All instances read it, and the one that moves it on adds the job.
    global Schedule in "schedules" keyed String {
        /// The rule that `next_run_at` came from; another one in the program makes it anew.
        cron: String = FieldSpec::text(1, 100);
        /// Time zone of the rule.
        timezone: String = FieldSpec::text(1, 60);
        /// When the next job is due.
        next_run_at: DateTime = FieldSpec::time();
        /// When the last one was due.
        last_run_at: Option<DateTime> = FieldSpec::time().nullable();
    }
    indexes &[]
}
