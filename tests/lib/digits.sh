# Sourced by scripts about models: a small one in $work/model.node, with a solve and running
# statistics, and images of 4x4 pixels in three classes for it in $work.

# write_idx FILE TYPE-AND-RANK SIZES... <numbers: an IDX file of bytes.
write_idx() {
    file=$1 rank=$2; shift 2
    { echo "0 0 8 $rank"; for size; do echo "0 0 $((size / 256)) $((size % 256))"; done; cat; } |
        awk '{ for (i = 1; i <= NF; i++) printf "\\%03o", $i }' >"$file.octal"
    printf "$(cat "$file.octal")" >"$file"
    rm "$file.octal"
}

# make_set IMAGES LABELS COUNT SEED: rows of the image that is the class are bright.
make_set() {
    awk -v n="$3" -v s="$4" 'BEGIN { srand(s); for (i = 0; i < n; i++) { c = (i * 7 + s) % 3
        for (k = 0; k < 16; k++) printf "%d ", (int(k / 4) == c ? 120 : 40) + rand() * 90; print "" } }' |
        write_idx "$1" 3 "$3" 4 4
    awk -v n="$3" -v s="$4" 'BEGIN { for (i = 0; i < n; i++) print (i * 7 + s) % 3 }' | write_idx "$2" 1 "$3"
}

make_sets() {                                   # make_sets FOLDER
    make_set "$1/train-images" "$1/train-labels" 200 1
    make_set "$1/test-images" "$1/test-labels" 50 2
    gzip "$1/test-images"
}

cat >"$work/model.node" <<'END'
odef Flow(size) {
    state x[4, size, size]
    layer conv = Conv2d(4, 4, kernel = 3, pad = 1, bias = false)
    layer norm = BatchNorm2d(4)
    dx/dt = x |> conv |> relu |> norm
}
layer Block(size) {
    input  x[4, size, size]
    layer  func = Flow(size)
    output y = solve(func, x, 0 .. 1)
}
layer Nothing(size) {
    input  x[4, size, size]
    output y = x
}
model Small(body : layer) {
    input  image[4, 4], label : int(3)
    layer  first = Conv2d(1, 4, kernel = 3, pad = 1)
    layer  middle = body
    layer  fc = Linear(64, 3)
    let    x = [image / 255]
    output logits[3] = fc(flatten(x |> first |> middle))
    loss   ce = cross_entropy(logits, label)
    metric accuracy = argmax(logits) == label
}
experiment flow {
    fit       = Small(Block(4))
    data      = columns(image = idx("train-images"), label = idx("train-labels"))
    test      = columns(image = idx("test-images.gz"), label = idx("test-labels"))
    solver    = euler(steps = 2)
    optimizer = adam(lr = 0.01)
    batch     = 16
    epochs    = 3
}
experiment exact like flow { gradient = discrete }
experiment plain like flow { fit = Small(Nothing(4)) }
END
