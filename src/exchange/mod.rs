//! Other tools' formats: addresses in, the policy out.
