//! Room on the stack: the engine goes down by recursion, in schemas and in payloads.

use std::panic::resume_unwind;
use std::thread::{Builder, scope};

use specsmith_json::{Node, Value};

/// How much room is made, in bytes. Only what is used of it is ever taken.
const ROOM: usize = 256 << 20;

/// How deeply nested a payload may be without more room being made: most are not.
const SHALLOW: usize = 32;

/// Does some work with room for payloads and schemas as deep as any limit allows. Where the system
/// gives no room, the work is done on what there is.
pub(crate) fn with_room<T: Send>(work: impl Fn() -> T + Sync) -> T {
    scope(
        |scope| match Builder::new().stack_size(ROOM).spawn_scoped(scope, &work) {
            Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            Err(_) => work(),
        },
    )
}

/// The same, but only if the payload needs it.
pub(crate) fn with_room_for<T: Send>(payload: &Node, work: impl Fn() -> T + Sync) -> T {
    if is_deeper(payload, SHALLOW) {
        with_room(work)
    } else {
        work()
    }
}

fn is_deeper(node: &Node, levels: usize) -> bool {
    let Some(levels) = levels.checked_sub(1) else {
        return true;
    };
    match &node.value {
        Value::Array(items) => items.iter().any(|item| is_deeper(item, levels)),
        Value::Object(object) => object.iter().any(|member| is_deeper(&member.node, levels)),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => false,
    }
}
