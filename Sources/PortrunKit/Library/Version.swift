import PortrunBase

/// Which portrun this is: of the command, the daemon and the library.
package enum Version {
    package static let text = "0.1.0"
}
