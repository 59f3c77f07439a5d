import PortrunBase

/// A folder, and what the context there was when it was recorded.
struct CheckoutName: Hashable {
    let path: String
    let identity: String
}

/// The state of a recorded checkout today.
enum CheckoutStanding {
    /// It still has its identity.
    case same
    /// Something else is there now, another branch perhaps.
    case other
    case absent
}
