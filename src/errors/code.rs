//! The closed list of machine-readable problem codes, each with its status and title; no prose about single cases.

use http::StatusCode;

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $variant:ident = $text:literal, $status:ident, $title:literal;)*) => {
        /// A stable code of a problem document. Clients may branch on it; its text never changes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[doc = $doc])* $variant,)* }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The code as clients read it.
            pub const fn as_str(self) -> &'static str { match self { $(Code::$variant => $text,)* } }

            /// The HTTP status that always goes with the code.
            pub const fn status(self) -> StatusCode { match self { $(Code::$variant => StatusCode::$status,)* } }

            /// What it means, in a sentence.
            pub const fn meaning(self) -> &'static str { match self { $(Code::$variant => concat!($($doc),*),)* } }

            /// A short title for people; it does not vary with the case (RFC 9457 section 3.1.3).
            pub const fn title(self) -> &'static str { match self { $(Code::$variant => $title,)* } }
        }
    };
}

codes! {
    /// An address that users may not make the server connect to.
    AddressNotAllowed = "address_not_allowed", UNPROCESSABLE_ENTITY, "Address not allowed";
    /// A mail with a credential is read by its recipient only.
    ContentSealed = "content_sealed", FORBIDDEN, "Sealed content";
    /// The text of the mail cannot be made up now.
    ContentUnavailable = "content_unavailable", CONFLICT, "Content not available";
    /// A template names a variable that it does not have.
    UnknownVariable = "unknown_variable", UNPROCESSABLE_ENTITY, "Unknown variable";
    /// A template cannot be read or filled.
    InvalidTemplate = "invalid_template", UNPROCESSABLE_ENTITY, "Invalid template";
    /// The request is not valid HTTP or JSON.
    MalformedRequest = "malformed_request", BAD_REQUEST, "Malformed request";
    /// A superadmin did not say in which company to act.
    CompanyRequired = "company_required", BAD_REQUEST, "Company required";
    /// An act inside a company needs a reason.
    ActReasonRequired = "act_reason_required", BAD_REQUEST, "Reason required";
    /// No credential, or one that is not valid.
    Unauthenticated = "unauthenticated", UNAUTHORIZED, "Authentication required";
    /// The access token has expired; refresh it.
    TokenExpired = "token_expired", UNAUTHORIZED, "Token expired";
    /// The session was ended or its rights have changed.
    SessionRevoked = "session_revoked", UNAUTHORIZED, "Session revoked";
    /// User name or password is wrong (RFC 6749 section 5.2).
    InvalidGrant = "invalid_grant", UNAUTHORIZED, "Log-in failed";
    /// The OAuth2 grant type is not supported (RFC 6749 section 5.2).
    UnsupportedGrantType = "unsupported_grant_type", BAD_REQUEST, "Unsupported grant type";
    /// A refresh token was used a second time; its whole family is revoked.
    RefreshReused = "refresh_reused", UNAUTHORIZED, "Refresh token reused";
    /// A fresh proof of identity is needed (RFC 9470).
    InsufficientUserAuthentication = "insufficient_user_authentication", UNAUTHORIZED, "Fresh log-in required";
    /// The role does not allow the action.
    Forbidden = "forbidden", FORBIDDEN, "Forbidden";
    /// The caller must choose a password of their own before anything else.
    PasswordChangeRequired = "password_change_required", FORBIDDEN, "Password change required";
    /// The password is right; the second factor is missing.
    MfaRequired = "mfa_required", FORBIDDEN, "Second factor required";
    /// The caller must set up a second factor before anything else.
    MfaEnrollmentRequired = "mfa_enrollment_required", FORBIDDEN, "Second factor must be set up";
    /// The named company is not the caller's.
    TenantMismatch = "tenant_mismatch", FORBIDDEN, "Other company";
    /// The company is suspended.
    CompanySuspended = "company_suspended", FORBIDDEN, "Company suspended";
    /// The company does not admit support staff.
    SupportAccessDenied = "support_access_denied", FORBIDDEN, "Support access denied";
    /// It does not exist, or the caller may not see it.
    NotFound = "not_found", NOT_FOUND, "Not found";
    /// The path does not answer this method.
    MethodNotAllowed = "method_not_allowed", METHOD_NOT_ALLOWED, "Method not allowed";
    /// The state of the record does not allow it.
    Conflict = "conflict", CONFLICT, "Conflict";
    /// Another record has this value already.
    UniqueViolation = "unique_violation", CONFLICT, "Value already taken";
    /// The record is still in use.
    InUse = "in_use", CONFLICT, "Still in use";
    /// The status machine has no such step from here.
    InvalidTransition = "invalid_transition", CONFLICT, "Invalid transition";
    /// Someone else took the ticket first.
    AlreadyAssigned = "already_assigned", CONFLICT, "Already assigned";
    /// The ticket is archived and read-only.
    Archived = "archived", CONFLICT, "Archived";
    /// The record is in the trash.
    Deleted = "deleted", CONFLICT, "Deleted";
    /// The ticket was merged into another.
    TicketMerged = "ticket_merged", CONFLICT, "Ticket merged";
    /// A ticket holds its greatest number of messages.
    MessageLimit = "message_limit", CONFLICT, "Message limit reached";
    /// The external id is taken.
    DuplicateExternalId = "duplicate_external_id", CONFLICT, "Duplicate external id";
    /// The company, or the platform, would be left without an administrator.
    LastAdmin = "last_admin", CONFLICT, "Last administrator";
    /// The company may not store that much.
    QuotaExceeded = "quota_exceeded", CONFLICT, "Quota exceeded";
    /// The file was found unfit and is not handed out.
    Quarantined = "quarantined", CONFLICT, "In quarantine";
    /// Fields that the caller changes were changed by someone else.
    VersionConflict = "version_conflict", CONFLICT, "Version conflict";
    /// The same idempotency key is being worked on.
    IdempotencyInFlight = "idempotency_in_flight", CONFLICT, "Request in progress";
    /// `If-Match` names another version.
    PreconditionFailed = "precondition_failed", PRECONDITION_FAILED, "Precondition failed";
    /// The body took too long to arrive.
    RequestTimeout = "request_timeout", REQUEST_TIMEOUT, "Body too slow";
    /// The body is too large.
    PayloadTooLarge = "payload_too_large", PAYLOAD_TOO_LARGE, "Payload too large";
    /// The address is too long.
    UriTooLong = "uri_too_long", URI_TOO_LONG, "Address too long";
    /// The content type of the body is not understood.
    UnsupportedMediaType = "unsupported_media_type", UNSUPPORTED_MEDIA_TYPE, "Unsupported media type";
    /// The file has no such bytes.
    RangeNotSatisfiable = "range_not_satisfiable", RANGE_NOT_SATISFIABLE, "Range not satisfiable";
    /// One or more fields are invalid.
    ValidationFailed = "validation_failed", UNPROCESSABLE_ENTITY, "Validation failed";
    /// A field that clients cannot write was sent with another value.
    ReadOnlyField = "read_only_field", UNPROCESSABLE_ENTITY, "Read-only field";
    /// A field that does not exist was sent.
    UnknownField = "unknown_field", UNPROCESSABLE_ENTITY, "Unknown field";
    /// A code or link is wrong, was used, or is over.
    InvalidToken = "invalid_token", UNPROCESSABLE_ENTITY, "Code or link not valid";
    /// A referenced record does not exist for the caller.
    ReferenceNotFound = "reference_not_found", UNPROCESSABLE_ENTITY, "Reference not found";
    /// A query parameter is unknown or malformed.
    InvalidParameter = "invalid_parameter", UNPROCESSABLE_ENTITY, "Invalid parameter";
    /// The filter names an unknown field or operator.
    FilterNotAllowed = "filter_not_allowed", UNPROCESSABLE_ENTITY, "Filter not allowed";
    /// No index serves this filter and sort.
    FilterNotIndexed = "filter_not_indexed", UNPROCESSABLE_ENTITY, "Filter not indexed";
    /// The sort names an unknown field.
    SortNotAllowed = "sort_not_allowed", UNPROCESSABLE_ENTITY, "Sort not allowed";
    /// The page is too deep for an offset.
    UseCursor = "use_cursor", UNPROCESSABLE_ENTITY, "Use the cursor";
    /// An idempotency key was used again for another request.
    IdempotencyMismatch = "idempotency_mismatch", UNPROCESSABLE_ENTITY, "Idempotency key reused";
    /// Required-to-solve fields are missing.
    RequiredForSolved = "required_for_solved", UNPROCESSABLE_ENTITY, "Required to solve";
    /// `If-Match` is required here (RFC 6585).
    PreconditionRequired = "precondition_required", PRECONDITION_REQUIRED, "Precondition required";
    /// Too many requests.
    RateLimited = "rate_limited", TOO_MANY_REQUESTS, "Too many requests";
    /// A defect; only the request id is told.
    Internal = "internal", INTERNAL_SERVER_ERROR, "Internal error";
    /// More work than can be done now.
    Overloaded = "overloaded", SERVICE_UNAVAILABLE, "Overloaded";
    /// The database or another part cannot be reached.
    DependencyUnavailable = "dependency_unavailable", SERVICE_UNAVAILABLE, "Temporarily unavailable";
}
