package audit

// index finds things by id. A Workspace made by hand has none and is searched.
type index struct {
	systems, entities, roles, flows map[string]int
}

func (w *Workspace) reindex() {
	w.index = index{
		systems:  positions(w.Systems, func(s System) string { return s.ID }),
		entities: positions(w.Entities, func(e Entity) string { return e.ID }),
		roles:    positions(w.Roles, func(r Role) string { return r.ID }),
		flows:    positions(w.Flows, func(f Flow) string { return f.ID }),
	}
}

func positions[T any](things []T, id func(T) string) map[string]int {
	at := make(map[string]int, len(things))
	for i, t := range things {
		at[id(t)] = i
	}
	return at
}

func find[T any](things []T, at map[string]int, id string, idOf func(T) string) (T, bool) {
	var none T
	if id == "" {
		return none, false
	}
	if at != nil {
		i, ok := at[id]
		if !ok {
			return none, false
		}
		return things[i], true
	}
	for _, t := range things {
		if idOf(t) == id {
			return t, true
		}
	}
	return none, false
}

// System returns the system with the id, and false if there is none.
func (w Workspace) System(id string) (System, bool) {
	return find(w.Systems, w.index.systems, id, func(s System) string { return s.ID })
}

// Entity returns the entity with the id, and false if there is none.
func (w Workspace) Entity(id string) (Entity, bool) {
	return find(w.Entities, w.index.entities, id, func(e Entity) string { return e.ID })
}

// Role returns the role with the id, and false if there is none.
func (w Workspace) Role(id string) (Role, bool) {
	return find(w.Roles, w.index.roles, id, func(r Role) string { return r.ID })
}

// Flow returns the flow with the id, and false if there is none.
func (w Workspace) Flow(id string) (Flow, bool) {
	return find(w.Flows, w.index.flows, id, func(f Flow) string { return f.ID })
}
