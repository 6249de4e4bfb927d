package audit

import (
	"errors"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v4"
)

// upgrade makes of the files of one version of the format those of the next:
// by edits, so that comments stay, and without the version itself.
type upgrade func(files []Source) ([]FileChange, error)

// upgrades holds for each version before FormatVersion what leads to the next.
// Version 1 is the first.
var upgrades = map[int]upgrade{}

// Upgrade rewrites a workspace on disk that is of an older version of the
// format. It returns the version that it had and the files that it rewrote,
// none if it is of FormatVersion already. Like Update it takes the workspace's
// lock and writes all or nothing, with the same errors: if the result would not
// load, Problems.
func Upgrade(dir string) (from int, rewritten []string, err error) {
	return upgradeBy(dir, upgrades, FormatVersion)
}

func upgradeBy(dir string, steps map[int]upgrade, newest int) (from int, rewritten []string, err error) {
	root, main, err := openRoot(dir)
	if err != nil {
		return 0, nil, err
	}
	defer root.Close() // nothing is written through it
	release, err := takeLock(root)
	if err != nil {
		return 0, nil, err
	}
	defer func() { err = errors.Join(err, release()) }()
	files, problems := read(root, main)
	if len(problems) > 0 {
		return 0, nil, problems
	}
	from = versionOf(files[0].Text)
	if from >= newest || steps[from] == nil {
		_, err := New(files) // what is wrong with the version, loading says
		return from, nil, err
	}
	plan := plan{main: main, files: slices.Clone(files)}
	for v := from; v < newest; v++ {
		changes, err := steps[v](plan.files)
		if err != nil {
			return from, nil, err
		}
		changes = append(changes, FileChange{Name: main, Changes: []Change{Set(Path{"version"}, Text(strconv.Itoa(v+1)))}})
		for _, c := range changes {
			if err := plan.make(c); err != nil {
				return from, nil, err
			}
		}
	}
	if _, err := New(plan.files); err != nil {
		return from, nil, err
	}
	return from, plan.touched, plan.write(newDisk(root), Workspace{files: files})
}

// versionOf reads the version of the format that a flowmap.yaml states; it is
// that of no version where it cannot be read.
func versionOf(src []byte) int {
	file := struct {
		Version int `yaml:"version"`
	}{Version: -1}
	if err := yaml.Load(src, &file); err != nil {
		return -1
	}
	return file.Version
}
