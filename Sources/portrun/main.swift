import PortrunCore

// First of all, so that nothing of ours lands on a standard descriptor.
StandardDescriptors.fillHoles()

exit(Program(surroundings: .current()).run())
