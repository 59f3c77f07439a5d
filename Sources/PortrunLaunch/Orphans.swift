import CLaunch
import PortrunBase

/// What a command leaves running when it ends: daemons, which have lost their parent.
package enum Orphans {
    /// Has them become children of this process, which is how it knows them.
    package static func adopt() { portrun_adopt_orphans() }
}
