// Package e2etest checks what the flowmap binary writes with the programs that
// people open it with, and what it does on a full disk, in a folder that may not be
// written and when it is interrupted. scripts/e2e installs the programs and runs it;
// a program that is missing fails the tests that need it.
package e2etest
