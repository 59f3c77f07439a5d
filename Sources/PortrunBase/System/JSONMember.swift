/// The value of a key of a JSON object that is printed part by part.
package enum JSONMember {
    case value(JSONValue)
    /// An array of so many values, each of which is made when it is its turn.
    case elements(count: Int, (Int) -> JSONValue)
}
