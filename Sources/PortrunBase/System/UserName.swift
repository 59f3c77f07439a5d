/// The names of this machine's users.
package enum UserName {
    /// That of `uid`; the number itself for one without a name.
    package static func of(_ uid: UInt32) -> String { known(uid) ?? String(uid) }
}
