//! Verdicts recorded from an evaluator that others wrote, replayed; tests/verdicts/README.md says how they
//! were recorded, and in which shapes engines differ.

#[cfg(test)]
mod replay {
    use keymoat::policy::{Known, PolicyDocument, Request, Verdict, evaluate, parse_document};
    use serde_json::Value;

    fn lines(text: &str) -> impl Iterator<Item = Value> + '_ {
        text.lines().map(|line| serde_json::from_str(line).unwrap())
    }

    fn documents(case: &Value) -> Vec<PolicyDocument> {
        let policies = case["policies"].as_array().unwrap();
        policies.iter().map(|policy| parse_document(policy.to_string().as_bytes()).unwrap()).collect()
    }

    fn request(shown: &Value) -> Request {
        let text = |key: &str| shown[key].as_str();
        let mut request = Request::plain();
        if let Some(address) = text("sourceIp") {
            request = request.from(address.parse().unwrap());
        }
        if let Some(principal) = text("principal") {
            request = request.by(principal).unwrap();
        }
        if let Some(action) = text("action") {
            request = request.action(action).unwrap();
        }
        if let Some(resource) = text("resource") {
            request = request.on(resource);
        }
        let context = shown["context"].as_object().unwrap();
        context.iter().fold(request, |request, (key, value)| {
            request.with(key, Known::Value(value.as_str().unwrap().to_owned()))
        })
    }

    #[test]
    fn every_recorded_verdict_is_keymoats_too() {
        let (mut compared, mut denied) = (0, 0);
        for case in lines(include_str!("verdicts/agree.jsonl")) {
            let documents = documents(&case);
            let requests = case["requests"].as_array().unwrap();
            let verdicts = case["verdicts"].as_array().unwrap();
            assert_eq!(requests.len(), verdicts.len());
            for (shown, recorded) in requests.iter().zip(verdicts) {
                let verdict = match evaluate(&documents, &request(shown)).unwrap() {
                    Verdict::Allowed => "allowed",
                    Verdict::Denied(_) => "denied",
                };
                assert_eq!(verdict, recorded.as_str().unwrap(), "{shown} {}", case["policies"]);
                compared += 1;
                denied += usize::from(verdict == "denied");
            }
        }
        assert!(
            compared >= 2_000 && denied > compared / 5 && denied < compared * 4 / 5,
            "{denied} of {compared}"
        );
    }

    #[test]
    fn where_engines_differ_nothing_is_guessed() {
        for case in lines(include_str!("verdicts/differ.jsonl")) {
            let documents = documents(&case);
            for shown in case["requests"].as_array().unwrap() {
                let undecided = evaluate(&documents, &request(shown)).unwrap_err();
                assert_eq!(
                    (undecided.place.document, undecided.place.statement),
                    (1, 1),
                    "{}",
                    case["shape"]
                );
                assert!(!undecided.element.is_empty() && !undecided.why.is_empty());
            }
        }
    }
}
