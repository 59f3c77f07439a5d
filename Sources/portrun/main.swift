import PortrunBase
import PortrunLaunch
import PortrunRegistry

// Before all else: in the place of a tool, portrun is not to be noticed.
let shim = ShimCall.current()
if let shim, !shim.addressesProject {
    let error = shim.passThrough()
    Report.error(error)
    exit(error.exitStatus)
}

if let change = UserChangeCall.current() {
    let error = change.passThrough()
    Report.error(error)
    exit(error.exitStatus)
}

let portTool = PortToolCall.current()
if let portTool, !portTool.concernsPorts {
    let error = portTool.passThrough()
    Report.error(error)
    exit(error.exitStatus)
}

// Then, so that nothing of ours lands on a standard descriptor.
StandardDescriptors.fillHoles()

Registry.expectOneThread()
CapturedProgram.expectOneThread()
if let portTool { exit(portTool.run(in: .current())) }
exit(Program(system: .current(), shim: shim).run())
