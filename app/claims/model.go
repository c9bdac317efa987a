package claims

import (
	"encoding/binary"
	"errors"
	"fmt"

	"marginalia/app/linear"
)

// Model scores sentences. It is never changed after [Parse] and may be used by
// several goroutines.
type Model struct {
	views [Views]*linear.Model
	// The answer is scale times the sum of the views' answers plus shift.
	scale, shift int64 // in units of 1/[linear.Unit]
}

const magic = "clm1"

// ErrFormat is what bytes that are no model give.
var ErrFormat = errors.New("no model of claims")

// Encode packs a model: for each view what [linear.Encode] made. Scale and shift
// are in units of 1/[linear.Unit].
func Encode(scale, shift int64, views [Views][]byte) []byte {
	data := binary.LittleEndian.AppendUint32([]byte(magic), uint32(scale))
	data = binary.LittleEndian.AppendUint32(data, uint32(shift))
	for _, v := range views {
		data = binary.LittleEndian.AppendUint32(data, uint32(len(v)))
		data = append(data, v...)
	}
	return data
}

// Parse reads what [Encode] wrote. The model keeps no part of data.
func Parse(data []byte) (*Model, error) {
	if len(data) < 12 || string(data[:4]) != magic {
		return nil, ErrFormat
	}
	m := &Model{scale: signed(data[4:]), shift: signed(data[8:])}
	data = data[12:]
	for i := range m.views {
		if len(data) < 4 {
			return nil, fmt.Errorf("%w: it ends at view %d of %d", ErrFormat, i, Views)
		}
		n := binary.LittleEndian.Uint32(data)
		data = data[4:]
		if uint64(n) > uint64(len(data)) {
			return nil, fmt.Errorf("%w: view %d is cut off", ErrFormat, i)
		}
		var err error
		if m.views[i], err = linear.Parse(data[:n]); err != nil {
			return nil, fmt.Errorf("view %d: %w", i, err)
		}
		data = data[n:]
	}
	if len(data) > 0 {
		return nil, fmt.Errorf("%w: %d bytes too many", ErrFormat, len(data))
	}
	return m, nil
}

func signed(data []byte) int64 { return int64(int32(binary.LittleEndian.Uint32(data))) }

// Score says how worth checking an English sentence is by itself.
func (m *Model) Score(sentence string) Score {
	tokens := tokenize(sentence)
	sum := int64(0)
	for v, model := range m.views {
		b := model.Bag()
		View(v).add(tokens, b)
		sum += model.Logit(b)
		model.Done(b)
	}
	return Score(linear.Share(sum*m.scale/linear.Unit + m.shift))
}
