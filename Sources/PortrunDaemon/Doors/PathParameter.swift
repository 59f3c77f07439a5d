import PortrunBase

/// A part of a path, for which a route has a name.
package struct PathParameter: Sendable, Equatable {
    package let name: String
    package let value: String
}
