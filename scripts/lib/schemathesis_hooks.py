"""What schemathesis cannot know from the document: the company to act in, and which refusals depend on stored data."""

import os
import re

import schemathesis

ROLE = os.environ["STOA_ROLE"]
COMPANY = os.environ["STOA_COMPANY"]
# The company and the people as whom the tests run: without them all later requests would be refused in vain.
PROTECTED = set(os.environ["STOA_PROTECTED"].split())
NOBODY = "0" * 24

# Answers to a well-formed request that depend on records, versions, time, the caller or the operator's networks.
DATA_DEPENDENT = {
    "unauthenticated", "token_expired", "session_revoked", "insufficient_user_authentication", "forbidden",
    "tenant_mismatch", "not_found", "precondition_failed", "precondition_required", "rate_limited",
    "reference_not_found", "idempotency_mismatch", "uri_too_long", "use_cursor", "invalid_grant", "refresh_reused",
    "payload_too_large", "invalid_token", "address_not_allowed", "content_sealed",
}
# Refusals of combinations that a schema cannot tell.
COMBINATIONS = (
    "A new ticket may be",
    "Only tickets that are pending or on hold wake",
    "a JSON object of at most",
    "is too easy to guess",
    "must have at least",
    "must have at most 1024 bytes",
    "The log has ",
    "Is not your password",
    "Is wrong, or came too late",
    "Is wrong, or was used before",
    "Required: a code of your app",
    "finds nothing without",
    "Cannot lie below itself",
    "You do not hold",
    "is neither an address nor a network",
    "Must lie in the future",
    "Has to be given again",
    "The file is empty",
    "Not what was announced",
    "Clients may not send this type",
    "Required: say of which ticket",
    "Required: you are not of the company yourself",
    "Required for ",
    "Say to whom",
    "Operators belong to no company",
    "Cannot be combined with page",
    "May have 50 conditions at most",
    "May be nested 3 deep at most",
)
# A saved view is checked as the list of the resource that it names.
LIST_CODES = {"filter_not_allowed", "sort_not_allowed", "invalid_parameter", "validation_failed", "unknown_field"}
# Roles that do not see or set every field are refused what the document shows to all.
MASKED = {"filter_not_allowed", "sort_not_allowed", "read_only_field", "unknown_field"}


@schemathesis.hook
def before_call(context, case, kwargs):
    """Random companies would only ever be refused: well-formed ones become the caller's own."""
    headers = case.headers
    given = headers.get("X-Company-Id") if headers else None
    if given is not None and re.fullmatch("[0-9a-fA-F]{24}", given) or ROLE == "superadmin" and given is None:
        case.headers = {**(headers or {}), "X-Company-Id": COMPANY}
    if ROLE == "superadmin" and not (case.headers or {}).get("X-Act-Reason", "").strip():
        case.headers = {**(case.headers or {}), "X-Act-Reason": "contract test"}
    if case.method != "GET" and case.operation.path.startswith(("/api/users", "/api/companies")):
        spare_the_callers(case)


def spare_the_callers(case):
    """Nobody disables, deletes or logs out those as whom the tests run, or closes their company to operators."""
    if case.method in ("PUT", "PATCH") and "{id}" in case.operation.path:
        if isinstance(case.body, dict):
            case.body.pop("support_access", None)
        return
    for name, value in (case.path_parameters or {}).items():
        if str(value).lower() in PROTECTED:
            case.path_parameters[name] = NOBODY
    ids = case.body.get("ids") if isinstance(case.body, dict) else None
    if isinstance(ids, list):
        case.body["ids"] = [NOBODY if str(one).lower() in PROTECTED else one for one in ids]


def names_of_form(case):
    is_form = (case.media_type or "").startswith("multipart/") and isinstance(case.body, dict)
    return list(case.body) if is_form else []


@schemathesis.check
def well_formed_requests_are_accepted(ctx, response, case):
    """A request that the document allows is refused only for what the document cannot tell."""
    if case.meta is None or not case.meta.generation.mode.is_positive or response.status_code < 400:
        return
    problem = response.json()
    code, faults = problem["code"], set(problem.get("errors", {})) - {"root"}
    codes = {problem["errors"][fault]["code"] for fault in faults} or {code}
    if code in DATA_DEPENDENT or response.status_code == 409:
        return
    # With several faults the detail only counts them.
    said = [problem["detail"], *(problem["errors"][fault]["message"] for fault in faults)]
    if any(text in one for text in COMBINATIONS for one in said):
        return
    # A part of a form whose head is no head (RFC 7578 section 4.2): the tool writes names as they are.
    if code == "malformed_request" and any(not name.isprintable() for name in names_of_form(case)):
        return
    if code == "invalid_parameter" and faults <= {"after", "If-Match", "topics"}:
        return
    if case.operation.path.startswith("/api/saved_views") and code in LIST_CODES:
        return
    # Either the token of a link, or a request and its code.
    if case.operation.path == "/auth/verify_email" and faults <= {"request_id", "code"} and "Required" in problem["detail"]:
        return
    # A list of texts shows no form of its texts: further addresses of a mailbox are such a list.
    if case.operation.path.startswith("/api/mailboxes") and {fault.split(".")[0] for fault in faults} == {"aliases"}:
        return
    # What operators alone decide of a company.
    if ROLE == "company_admin" and case.operation.path.startswith("/api/companies") and codes <= MASKED:
        return
    if ROLE not in ("superadmin", "company_admin"):
        if codes <= MASKED or (code == "invalid_parameter" and faults == {"fields"}):
            return
    raise AssertionError(f"a well-formed request was refused as {code}: {problem['detail']}")
