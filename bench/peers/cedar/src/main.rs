//! One authorization decision in native Cedar, for the same workloads that Writ is measured on.
//!
//!     cedar-peer WORKLOAD.json…      prints  name <tab> value <tab> unit  rows, as Writ's own benchmarks do
//!
//! Each IAM statement becomes one Cedar policy with the same meaning: an exact action is `action ==`, a
//! wildcard action an action group, a resource pattern `resource.arn like`, conditions are `when` clauses over
//! the context. Policy sets, entities, request and context are built beforehand; only the authorizer's call is
//! in the clock. A permissions boundary has no counterpart: it is a second policy set and a second call.

use cedar_policy::{Authorizer, Context, Decision, Entities, EntityUid, Policy, PolicySet, Request};
use serde_json::{json, Map, Value};
use std::hint::black_box;
use std::str::FromStr;
use std::time::{Duration, Instant};

fn list(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().map(|v| v.as_str().unwrap().to_string()).collect(),
        Value::String(text) => vec![text.clone()],
        _ => vec![],
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// Glob with '*' only, as the workloads use in action names; case-insensitive.
fn glob(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.to_lowercase(), text.to_lowercase());
    match pattern.split_once('*') {
        None => pattern == text,
        Some((head, tail)) => text.starts_with(head) && text.len() >= head.len() + tail.len() && text.ends_with(tail),
    }
}

fn condition(operator: &str, key: &str, values: &[String]) -> String {
    let held = format!("context[{}]", quoted(key));
    let any = |f: &dyn Fn(&String) -> String| format!("({})", values.iter().map(f).collect::<Vec<_>>().join(" || "));
    let test = match operator {
        "StringEquals" => any(&|v| format!("{held} == {}", quoted(v))),
        "StringLike" => any(&|v| format!("{held} like {}", quoted(v))),
        "Bool" => any(&|v| format!("{held} == {v}")),
        "IpAddress" => any(&|v| format!("{held}.isInRange(ip({}))", quoted(v))),
        "DateLessThan" => any(&|v| format!("{held} < datetime({})", quoted(v))),
        "ForAnyValue:StringEquals" => {
            format!("{held}.containsAny([{}])", values.iter().map(|v| quoted(v)).collect::<Vec<_>>().join(", "))
        }
        other => panic!("operator {other} has no translation"),
    };
    format!("(context has {} && {test})", quoted(key))
}

fn to_cedar(statement: &Value, owner: &str, groups: &mut Vec<String>) -> String {
    let actions = list(&statement["Action"]);
    groups.extend(actions.iter().filter(|a| a.contains('*')).cloned());
    let action = if actions.len() == 1 && !actions[0].contains('*') {
        format!("action == Action::{}", quoted(&actions[0]))
    } else {
        let names: Vec<_> = actions.iter().map(|a| format!("Action::{}", quoted(a))).collect();
        format!("action in [{}]", names.join(", "))
    };
    let principal = match &statement["Principal"] {
        Value::Null => format!("principal == User::{}", quoted(owner)),
        Value::Object(map) => format!("principal == User::{}", quoted(&list(&map["AWS"])[0])),
        _ => "principal".to_string(),
    };
    let mut when = vec![];
    let resources = list(&statement["Resource"]);
    if !resources.iter().any(|r| r == "*") {
        let tests: Vec<_> = resources
            .iter()
            .map(|r| format!("resource.arn {} {}", if r.contains('*') { "like" } else { "==" }, quoted(r)))
            .collect();
        when.push(format!("({})", tests.join(" || ")));
    }
    if let Value::Object(operators) = &statement["Condition"] {
        for (operator, keys) in operators {
            for (key, values) in keys.as_object().unwrap() {
                when.push(condition(operator, key, &list(values)));
            }
        }
    }
    let guard = if when.is_empty() { String::new() } else { format!(" when {{ {} }}", when.join(" && ")) };
    let effect = if statement["Effect"] == "Allow" { "permit" } else { "forbid" };
    format!("{effect}({principal}, {action}, resource){guard};")
}

fn statements(policies: &Value) -> Vec<Value> {
    policies.as_array().map_or(vec![], |all| {
        all.iter().flat_map(|p| p["policy"]["Statement"].as_array().unwrap().clone()).collect()
    })
}

/// Batches of at least 2 ms for 1.2 s: median and least time of one call, in nanoseconds.
fn measure(mut call: impl FnMut()) -> (f64, f64) {
    let mut calls = 1u32;
    loop {
        let start = Instant::now();
        (0..calls).for_each(|_| call());
        if start.elapsed() > Duration::from_millis(2) || calls > 1 << 20 {
            break;
        }
        calls *= 2;
    }
    let (mut samples, begin) = (vec![], Instant::now());
    while samples.len() < 5 || begin.elapsed() < Duration::from_millis(1200) {
        let start = Instant::now();
        (0..calls).for_each(|_| call());
        samples.push(start.elapsed().as_nanos() as f64 / f64::from(calls));
    }
    samples.sort_by(f64::total_cmp);
    (samples[samples.len() / 2], samples[0])
}

fn uid(kind: &str, id: &str) -> EntityUid {
    EntityUid::from_str(&format!("{kind}::{}", quoted(id))).unwrap()
}

fn main() {
    for path in std::env::args().skip(1) {
        let workload: Value = serde_json::from_str(&std::fs::read_to_string(&path).expect(&path)).expect(&path);
        let name = workload["name"].as_str().unwrap();
        let request = &workload["request"];
        let principal = request["principal"].as_str().unwrap();
        let action = request["action"].as_str().unwrap();
        let resource = request["resource"]["resource"].as_str().unwrap();

        let mut groups = vec![];
        let mut identity = statements(&workload["identityPolicies"]);
        if let Value::Array(more) = &workload["resourcePolicy"]["Statement"] {
            identity.extend(more.clone());
        }
        let identity: Vec<String> = identity.iter().map(|s| to_cedar(s, principal, &mut groups)).collect();
        let boundary: Vec<String> =
            statements(&workload["permissionBoundaryPolicies"]).iter().map(|s| to_cedar(s, principal, &mut groups)).collect();
        let policy_set = |texts: &[String]| PolicySet::from_str(&texts.join("\n")).unwrap();
        let (identity_set, boundary_set) = (policy_set(&identity), policy_set(&boundary));

        groups.sort();
        groups.dedup();
        let parents: Vec<Value> =
            groups.iter().filter(|g| glob(g, action)).map(|g| json!({"type": "Action", "id": g})).collect();
        let mut entities = vec![
            json!({"uid": {"type": "User", "id": principal}, "attrs": {}, "parents": []}),
            json!({"uid": {"type": "Action", "id": action}, "attrs": {}, "parents": parents}),
            json!({"uid": {"type": "Resource", "id": resource}, "attrs": {"arn": resource}, "parents": []}),
        ];
        entities.extend(parents.iter().map(|g| json!({"uid": g, "attrs": {}, "parents": []})));
        let entities = Entities::from_json_value(Value::Array(entities), None).unwrap();

        let typed = |key: &str, value: &Value| match key {
            "aws:SourceIp" => json!({"__extn": {"fn": "ip", "arg": value}}),
            "aws:CurrentTime" => json!({"__extn": {"fn": "datetime", "arg": value}}),
            "aws:SecureTransport" | "aws:MultiFactorAuthPresent" => json!(value == "true"),
            _ => value.clone(),
        };
        let context: Map<String, Value> =
            request["contextVariables"].as_object().unwrap().iter().map(|(k, v)| (k.clone(), typed(k, v))).collect();
        let context = Context::from_json_value(Value::Object(context), None).unwrap();
        let question =
            Request::new(uid("User", principal), uid("Action", action), uid("Resource", resource), context, None).unwrap();

        let authorizer = Authorizer::new();
        let ask = |set: &PolicySet| authorizer.is_authorized(black_box(&question), set, &entities);
        let answer = ask(&identity_set);
        assert_eq!(answer.diagnostics().errors().count(), 0, "{name}: evaluation errors");
        let decide = || ask(&identity_set).decision() == Decision::Allow
            && (boundary.is_empty() || ask(&boundary_set).decision() == Decision::Allow);
        assert_eq!(decide(), workload["expected"].as_bool().unwrap(), "{name}: wrong decision");

        let (median, least) = measure(|| {
            black_box(decide());
        });
        println!("cedar/decide/{name}\t{median:.0}\tns\ncedar/decide/{name}/min\t{least:.0}\tns");
        if identity.len() >= 50 && identity.len() <= 1000 {
            let (median, least) = measure(|| {
                for text in &identity {
                    black_box(Policy::parse(None, text).unwrap());
                }
            });
            let each = identity.len() as f64;
            println!("cedar/parse/{name}\t{:.0}\tns\ncedar/parse/{name}/min\t{:.0}\tns", median / each, least / each);
        }
    }
}
