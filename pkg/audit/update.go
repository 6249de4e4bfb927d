package audit

import "fmt"

// FileChange is what is to become of one file of a workspace: Changes in order,
// or a whole new Text, or Delete. A file that is not there is made; its folder
// too.
type FileChange struct {
	Name    string // relative to the workspace's folder, with slashes
	Changes []Change
	Text    []byte // in place of changes
	Delete  bool
}

// Update changes a workspace on disk. It takes the workspace's lock, so that
// of two processes each sees what the other wrote, loads it afresh, asks change
// what to do, checks that the result would load, and writes each file whole
// and down to the disk. It returns the new workspace. If the workspace has
// problems, before or after, nothing is written and the error is Problems; if
// a file changed on disk meanwhile, it is a ChangedError, and nothing of that
// file is lost; if the disk refuses, it is a WriteError. No changes are no
// error. The function must not wait for people: others wait for the lock.
func Update(dir string, change func(Workspace) ([]FileChange, error)) (Workspace, error) {
	return Workspace{}, fmt.Errorf("%s: not yet", dir)
}

// SetField returns the change that gives a field of a thing its value, in the
// file that states it: that of the interview at hand (at, a file name, or "")
// if it does, else the one that decides it; what nobody states goes to the
// interview at hand, else to flowmap.yaml. Kind, id and field are those of
// Place: SetField("flow", "web-orders", "needs.latency", Text("daily"), "").
// Error points may be named: errors[id=wrong-sku].rate.
//
// A second statement beside another file's is no edit: an interview makes that
// with Set in its own file.
func (w Workspace) SetField(kind, id, field string, v Value, at string) (FileChange, error) {
	return FileChange{}, &EditError{Reason: "not yet"}
}

// Rename gives a role, system, entity or flow another id, in every file that
// names it. All are checked before the first is written, then they are written
// one by one, those that define it first.
func Rename(dir, kind, old, id string) error { return fmt.Errorf("%s: not yet", dir) }

// Delete takes a role, system, entity or flow away, and what refers to it: a
// key or an item of a list goes; what a flow is measured by after go-live goes
// with the flow. A system that a flow begins or ends at cannot go before the
// flow: the error is Problems that name each.
func Delete(dir, kind, id string) error { return fmt.Errorf("%s: not yet", dir) }

// Replace writes files in a folder, relative to it, each whole or as it was:
// all are on disk under another name before the first gets its own, with the
// mode of the file that it replaces. A link stays a link; what it leads to, in
// the folder, is replaced. The error is a WriteError.
func Replace(dir string, files ...Source) error { return fmt.Errorf("%s: not yet", dir) }

// ChangedError says that a file changed on disk since it was read, so that
// nothing was written over it.
type ChangedError struct{ Name string }

func (e *ChangedError) Error() string {
	return fmt.Sprintf("%s changed on disk meanwhile and was not written", e.Name)
}

// WriteError says which file could not be written. What was there is as it
// was.
type WriteError struct {
	Name string
	Err  error
}

func (e *WriteError) Error() string { return fmt.Sprintf("%s cannot be written: %v", e.Name, e.Err) }

// Unwrap returns what the system said.
func (e *WriteError) Unwrap() error { return e.Err }

// BusyError says that another flowmap has held the workspace's lock for long.
type BusyError struct{ Dir string }

func (e *BusyError) Error() string {
	return fmt.Sprintf("%s: another flowmap is writing here and does not end", e.Dir)
}
