package audit

// source is one file of the workspace as it was read.
type source struct {
	name string // relative to the workspace, with slashes
	text []byte
}

type placeIndex map[placeKey][]fieldPlace
type placeKey struct{ kind, id string }
type fieldPlace struct {
	field        string
	file         string
	line, column int32
}
