// Searches the archive in a folder as programmes/search does (docs/folder.md). What every word finds was worked out when the
// folder was made; a page on a disk may load script files and nothing else, and each hands over its part by `sokedel`.
const here = document.currentScript.dataset.files;

const parts = {}, given = {};
window.sokedel = (name, data) => (given[name] = data);
const load = (name) => parts[name] ??= new Promise((resolve, reject) => {
  const script = document.createElement("script");
  script.src = `${here}/${name}.js`;
  script.onload = () => resolve(given[name]);
  script.onerror = reject;
  document.head.append(script);
});

// As leaves.py writes them.
const numbers = (written) => {
  const found = [];
  for (let at = 0; at < written.length; at++) {
    let number = 0, factor = 1, five = valueOf.get(written[at]);
    for (; five >= 32; five = valueOf.get(written[++at])) {
      number += (five - 32) * factor;
      factor *= 32;
    }
    found.push(number + five * factor);
  }
  return found;
};
const fill = (found, written, likeness) => {
  const pairs = numbers(written);
  for (let at = 0, document = 0; at < pairs.length; at++) {
    document += Math.floor(pairs[at] / 2);
    const end = document + (pairs[at] % 2 ? pairs[++at] + 2 : 1);
    found.fill(likeness, document, end);
    document = end;
  }
};
const stretched = (pairs, Kind) => {
  const found = new Kind(core.size);
  for (let at = 0, place = 0; at < pairs.length; at += 2) {
    found.fill(pairs[at + 1], place, place + pairs[at]);
    place += pairs[at];
  }
  return found;
};

let core, of, kinds, lengths, themes, valueOf, KIND, LIKENESS, SIGN;
const open = async () => {
  if (core) return;
  core = await load("kjerne");
  ({ KIND, LIKENESS, SIGN } = core);
  valueOf = new Map([...core.digits].map((digit, value) => [digit, value]));
  of = stretched(core.of, Int32Array);
  kinds = stretched(core.kinds, Uint8Array);
  themes = stretched(core.themes, Int32Array);
  lengths = Int32Array.from(numbers(core.lengths));
  for (const name in core.sets) core[name] = new Set(core.sets[name]);
};
const nothing = () => new Uint8Array(core.size);
const nearest = (one, other) => one.map((likeness, at) => Math.max(likeness, other[at]));
const all = (found) => found.reduce((one, other) => one.map((likeness, at) => Math.min(likeness, other[at])));
const any = (found) => found.reduce(nearest);
const atLeast = (found, least) => found.map((likeness) => (likeness >= least ? likeness : 0));
const lowered = (found, likeness) => found.map((each) => (each ? likeness : 0));

// A row of the words: [key, number of its leaf, signs, texts]; a leaf: [alone, beside, kept, below, marks, family, names near it …].
const numbered = (kind, number) => load(`${kind}/${Math.floor(number / core.perFolder)}/${number}`);
const rowOf = async (key) => {
  const number = core.cuts.findLastIndex((cut) => cut <= key);
  if (number < 0) return null;
  const part = await numbered("ord", number);
  part.byKey ??= new Map(part[0].map((row) => [row[0], row]));
  const row = part.byKey.get(key);
  if (!row) return null;
  const [alone, beside, kept, below, marks, family, near = [], begun = []] = part[1][row[1]];
  const besides = beside === "=" ? alone : beside;
  return {
    signs: row[2], count: row[3], near, begun, below, family: family || key,
    found: { alone, beside: besides, kept: kept === "=" ? besides : kept }, marks: marks ? marks.split(" ") : [key],
  };
};
const known = async (form) => {
  const row = form.length > 2 ? await rowOf(form) : null;
  return row && row.signs & SIGN.known && !(row.signs & SIGN.function) ? row : null;
};
const firstsOf = (begins) => new Set([begins, begins.replace(/[se]$/, "")]);
const isMade = async (form) => {
  for (let cut = form.length - 3; cut > 2; cut--) if (await known(form.slice(cut))) for (const first of firstsOf(form.slice(0, cut))) if (await known(first)) return true;
};
// A form that the list lacks: another form of a word that it has, or a compound of such.
const unlisted = async (form) => {
  for (const ending of core.endings.filter((each) => form.endsWith(each)))
    for (const base of [form.slice(0, -ending.length), `${form.slice(0, -ending.length)}e`]) {
      const row = base.length > 4 ? await rowOf(base) : null;
      if (row) return row;
    }
  const made = { near: [], family: form, found: {}, marks: [form] };
  for (let cut = form.length - 3; cut > 2; cut--) {
    const last = await known(form.slice(cut));
    if (!last && !(await isMade(form.slice(cut)))) continue;
    for (const beginning of firstsOf(form.slice(0, cut))) {
      const first = await known(beginning);
      if (!first) continue;
      made.near.push(...first.begun);
      if (!(last && last.signs & SIGN.empty_head && first.signs & SIGN.matter) || made.found.alone) continue;
      const levels = first.found.alone.split(".").filter((level) => level && level[0] >= "6" && level[0] !== "8");
      for (const way of ["alone", "beside", "kept"]) made.found[way] = levels.map((level) => `6${level.slice(1)}`).join(".");
      made.marks = first.marks;
    }
  }
  return made.near.length || made.found.alone ? made : null;
};
// A word with a hyphen that the list lacks: written as one, or its parts apart, as options.of_hyphenated.
const hyphenated = async ({ typed, forms }) => {
  const rows = [];
  for (const each of forms) rows.push((await rowOf(each)) ?? (await unlisted(each)));
  const whole = await rowOf(forms.join("")), found = rows.map((row) => documents(row, "beside"));
  const isOtherwise = found.some((of) => of.includes(LIKENESS.same_thing));
  const both = all(found).map((likeness) => (likeness === LIKENESS.word ? LIKENESS.derived : isOtherwise && likeness >= LIKENESS.same_thing ? LIKENESS.same_thing : 0));
  const isThing = /^\p{Lu}/u.test(typed) || (rows[0]?.count && !(rows[0].signs & SIGN.general));
  return {
    family: rows.map((row, at) => row?.family ?? forms[at]).join(" "), marks: rows.flatMap((row) => row?.marks ?? []),
    all: nearest(atLeast(documents(whole, "beside"), LIKENESS.word), both),
    near: [...(isThing ? [typed.split("-")[0]] : []), ...(rows[0]?.near ?? []), ...(whole?.near ?? [])],
  };
};
const documents = (row, way) => {
  if (row?.all) return row.all;
  const found = nothing();
  if (row?.found[way]) for (const level of row.found[way].split(".").reverse()) fill(found, level.slice(1), Number(level[0]));
  return found;
};

// As tokens.py reads them.
const WORD = /(?<share>\d+(?:[.,]\d+)? ?(?:%|prosent(?!\p{L})))|§{1,2} ?(?<paragraph>\d+)|(?<numbered>(?<![\p{L}\p{N}-])\p{L}{1,3}-\d{1,3}(?![\p{L}\p{N}]))|(?<number>\d{1,3}(?:[ .]\d{3})+(?!\d)|\d+[.,]\d+)|(?<![\p{L}\p{N}-])\p{L}-\p{L}{2,}|[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*/giu;
const formsOf = (typed) => [...typed.matchAll(WORD)].map(({ 0: word, groups }) => {
  const form = word.toLowerCase();
  if (groups.share) return `${form.replace(/ ?(%|prosent)$/, "").replace(".", ",")}%`;
  if (groups.paragraph) return `§${groups.paragraph}`;
  if (groups.numbered) return form.replace("-", "");
  if (groups.number) return /^\d{1,3}([ .]\d{3})+$/.test(form) ? form.replace(/[ .]/g, "") : form.replace(".", ",");
  return /^[A-ZÆØÅ]{2,}s$/.test(word) ? form.slice(0, -1) : form.replace(/'s$/, "");
});
const plain = (text) => text.replace(/[’‘‛´`ʼ′]/g, "'").replace(/[‐‑]/g, "-").replace(/\u00ad/g, "").normalize("NFKC");
const wordsOf = (text) => {
  const words = [];
  for (const [typed] of plain(text).matchAll(/\d+(?: \d{3})+|\d+ (?:%|prosent)|§ \d+|[^\s"“”«»„]+/g)) {
    const bare = typed.replace(/[.,;:!?]+$/, "");
    const forms = formsOf(bare);
    if (forms.length) words.push({ typed: bare, forms, form: forms.length > 1 ? forms.join("-") : forms[0] });
  }
  return words;
};
const isOnly = (word, sign) => Boolean(word.row && word.row.signs & sign);
const isFunction = (word) => isOnly(word, SIGN.function);

// Names and frames, as understanding/ reads them.
const namesAt = (words, at) => {
  const rows = core.names[words[at].forms[0]] ?? [];
  const forms = [], ends = new Map();
  for (let next = at; next < words.length; next++) {
    forms.push(...words[next].forms);
    ends.set(forms.length, next + 1);
  }
  for (const name of rows) {
    const size = name.rest ? name.rest.split(" ").length + 1 : 1;
    if (forms.slice(1, size).join(" ") !== name.rest || !ends.has(size)) continue;
    if (!name.capital || name.kind !== "party" || words[at].typed === words[at].typed.toUpperCase()) return { name, end: ends.get(size) };
  }
  return null;
};
const itemsOf = (words) => {
  const items = [];
  for (let at = 0; at < words.length; ) {
    const named = namesAt(words, at);
    const end = named?.end ?? at + 1;
    items.push({ words: words.slice(at, end), name: named?.name });
    at = end;
  }
  return items;
};
const asWords = (item) => item.words.map((word) => ({ words: [word] }));
const formsIn = (item) => item.words.flatMap((word) => word.forms);
const symbolOf = (item) => (item.name ? "@" : formsIn(item).join("-"));
const spaced = (symbols) => symbols.map((symbol) => `${symbol} `).join("");
const spaces = (text) => (text ?? "").split(" ").length - 1;
const frameOf = (symbols, isAsked) => {
  const covered = new Set();
  let opened = 0;
  for (let opening = 0; opening < 3; opening++) {
    const size = Math.max(0, ...core.openings.map((pattern) => spaces(spaced(symbols.slice(opened)).match(`^(?:${pattern})`)?.[0])));
    if (!size) break;
    for (let at = opened; at < opened + size; at++) covered.add(at);
    opened += size;
  }
  if (!opened && core.bare.has(symbols[0]) && (isAsked || symbols.length >= 3)) {
    covered.add(0);
    opened = 1;
  }
  const text = spaced(symbols);
  for (const [pattern, begins] of core.phrases) {
    const match = text.match(begins ? `^(?:${pattern})` : pattern);
    for (let at = 0; match && at < spaces(match[0]); at++) covered.add(spaces(text.slice(0, match.index)) + at);
  }
  if (opened) for (let at = opened; at < symbols.length; at++) if (core.within.has(symbols[at])) covered.add(at);
  const named = new Set([...covered].filter((at) => symbols[at] === "@"));
  return { dropped: new Set([...covered].filter((at) => !named.has(at))), named };
};
const isName = (name, before, after, isFirst, hasCapital) => {
  let last = before ? formsIn(before).at(-1) ?? "" : "";
  const following = after ? formsIn(after)[0] ?? "" : "";
  if (name.kind === "year") return !core.notYears.has(last);
  if (name.kind === "area" && name.capital)
    return [before, after].some((each) => each?.name?.kind === "party") || core.municipal.has(following) || (hasCapital && !isFirst);
  const company = core.companies[name.company];
  if (!company) return true;
  if (hasCapital && !isFirst && !name.capital && core.before.has(last)) last = "";
  const stands = isFirst || (hasCapital && !name.capital);
  if (company.notAfter.includes(last) || company.notBefore.includes(following) || (company.first && !stands)) return false;
  return !company.endings.some((ending) => following.endsWith(ending));
};
const understood = (words, text) => {
  const isShouted = text === text.toUpperCase();
  let items = itemsOf(words);
  if (items.length === 1 && items[0].name?.isOrdinary) return { items: items.flatMap(asWords), dropped: new Set() };
  const isAsked = text.trimEnd().endsWith("?");
  let frame = frameOf(items.map(symbolOf), isAsked);
  let start = 0;
  while (frame.dropped.has(start)) start++;
  let settled = items.map((item, at) => {
    if (!item.name || frame.named.has(at)) return item;
    const hasCapital = /^\p{Lu}/u.test(item.words[0].typed) && !isShouted;
    return isName(item.name, items[at - 1], items[at + 1], at === start, hasCapital) ? item : { words: item.words };
  });
  settled = settled.flatMap((item) => (item.name ? [item] : asWords(item)));
  if (settled.map(symbolOf).join(" ") !== items.map(symbolOf).join(" ")) frame = frameOf(settled.map(symbolOf), isAsked);
  const dropped = new Set(frame.dropped);
  settled.forEach((item, at) => {
    if (!item.name) return;
    const [before, after] = [settled[at - 1], settled[at + 1]];
    if (before && !before.name && core.before.has(symbolOf(before))) dropped.add(at - 1);
    if (after && !after.name && core.after.has(symbolOf(after))) dropped.add(at + 1);
  });
  return dropped.size === settled.length ? { items: settled, dropped: new Set() } : { items: settled, dropped };
};
const narrowedBy = ({ items, dropped }) => {
  const named = items.map((item, at) => ({ at, name: item.name })).filter(({ name }) => name), facets = {}, labels = [];
  const add = (facet, programmes, label) => {
    (facets[facet] ??= new Set()), programmes.forEach((each) => facets[facet].add(each));
    labels.push(label);
  };
  for (let number = 0; number < named.length; number++) {
    const [one, other] = [named[number], named[number + 1]];
    const isNext = other && [...items.keys()].slice(one.at + 1, other.at).every((at) => dropped.has(at));
    const pair = isNext ? [[one.name, other.name], [other.name, one.name]].find(([party, place]) => party.kind === "party" && place.kind === "area" && place.chapters[party.party]) : null;
    if (pair) {
      const [label, programmes] = pair[1].chapters[pair[0].party];
      add("area", programmes, label);
      number++;
    } else add(one.name.kind, one.name.programmes, one.name.label);
  }
  return { facets, labels };
};

// The plan of plan.py, worked out at once into the likeness of each document.
const joined = async (run) => {
  if (run.length > core.MAX_JOINED || run.some((word) => word.forms.length > 1)) return null;
  let words = run;
  if (run.length === 3 && core.between.has(run[1].form)) words = [run[2], run[0]];
  if (words.some(isFunction)) return null;
  const before = words.slice(0, -1).map((word) => word.form).join(""), last = words.at(-1).form;
  const ways = /^\d+$/.test(last) ? [before + last] : [];
  if (/^\p{L}+$/u.test(before) && /^\p{L}+$/u.test(last)) {
    if (before.length === 1) ways.push(`${before}-${last}`);
    ways.push(before + last, `${before}s${last}`, `${before}e${last}`);
    if (before.length > 2 && before.at(-1) === before.at(-2) && before.at(-1) === last[0] && !"aeiouyæøå".includes(last[0])) ways.push(before + last.slice(1));
  }
  const known = (await Promise.all(ways.map(rowOf))).filter((row) => row && row.signs & SIGN.known);
  return known.reduce((best, row) => (!best || row.count > best.count ? row : best), null);
};
const runRow = async (run) => {
  const families = run.map((word) => word.row?.family ?? word.form);
  const keys = [families.join(" ")];
  if (run.length === 2) {
    keys.push(`${run[0].form} ${families[1]}`);
    if (core.actions.has(run[1].form)) keys.push(`${families[0]} ${core.afterAny}`);
  }
  return (await Promise.all([...new Set(keys)].map(rowOf))).filter(Boolean);
};
const belowHeadings = (words) => all(words.map((word) => {
  const found = nothing();
  if (word.row?.below) fill(found, word.row.below, LIKENESS.heading);
  return found;
}));
const planned = async (clauses, least = 0) => {
  const words = clauses.filter((clause) => !clause.opposed);
  const others = clauses.filter((clause) => clause.opposed).map((clause) => documents(clause.row, "alone"));
  const content = others.length + words.filter((word) => !isFunction(word)).length;
  const isEmpty = (word) => content > 0 && isOnly(word, SIGN.empty);
  const leaf = (word, way = content < 2 ? "alone" : "beside") => documents(word.row, way);
  const nodes = [], marks = new Set(clauses.flatMap((clause) => clause.row?.marks ?? []));
  for (let at = 0; at < words.length; ) {
    let taken = 1;
    for (let size = Math.min(core.MAX_RUN, words.length - at); size > 1; size--) {
      const run = words.slice(at, at + size);
      const way = content <= run.filter((word) => !isFunction(word)).length ? "alone" : "beside";
      const [rows, asOne] = [await runRow(run), await joined(run)];
      if (!rows.length && !asOne) continue;
      const kept = run.filter((word) => (asOne ? !isFunction(word) : !isEmpty(word)));
      const options = [...rows, asOne].filter(Boolean);
      for (const form of options.flatMap((row) => row.marks)) marks.add(form);
      const together = asOne
        ? any(kept.map((_, one) => all(kept.map((word, other) => (one === other ? atLeast(leaf(word), LIKENESS.derived) : leaf(word, content < 2 ? "alone" : "kept"))))))
        : kept.length ? all(kept.map((word) => leaf(word))) : nothing();
      nodes.push({ found: any([together, ...options.map((row) => documents(row, way))]), words: kept });
      taken = size;
      break;
    }
    if (taken === 1 && !isEmpty(words[at])) nodes.push({ found: leaf(words[at]), words: [words[at]] });
    at += taken;
  }
  const wanted = [...nodes.map((node) => atLeast(node.found, least)), ...others.map((found) => atLeast(found, least))];
  if (!wanted.length) return { found: null, marks };
  if (wanted.length === 1 || !nodes.length) return { found: all(wanted), marks };
  const headed = nodes.map((node, at) => (least > LIKENESS.heading || !node.words.length ? wanted[at] : nearest(wanted[at], belowHeadings(node.words))));
  return { found: all([...headed, ...wanted.slice(nodes.length), any(wanted)]), marks };
};

// What is searched: the filters of the address and those read from names.
const scopeOf = (filters, facets) => {
  const allowed = core.programmes.map((programme, number) =>
    (!programme.replaced || filters.utgaver.length > 0) &&
    ["parti", "lag", "nivaa", "aar"].every((key) => !filters[key].length || filters[key].includes(programme[key])) &&
    Object.values(facets).every((named) => named.has(number)));
  const asked = filters.tema.map((theme) => core.themeNames.indexOf(theme)), ofThemes = core.themeSets.map((set) => !asked.length || asked.some((theme) => set.includes(theme)));
  const forms = filters.form.length ? filters.form : Object.keys(core.forms);
  const own = new Set(forms.flatMap((form) => core.forms[form] ?? []));
  return { own, allowed, has: (at) => allowed[of[at]] && ofThemes[themes[at]] };
};
const picked = (found, scope, wanted) => {
  const hits = [];
  for (let at = 0; at < found.length; at++) if (found[at] && wanted.has(kinds[at]) && scope.has(at)) hits.push(at);
  return hits;
};
const counted = (found, scope) => picked(found, scope, scope.own).length;
const isSome = (found, scope, wanted) => picked(found, scope, wanted).length > 0;
const yearOf = (at) => Number(core.programmes[of[at]].aar);
const isDissent = (at) => Number(kinds[at] === KIND.dissent);
const ranked = (found, scope, wanted) =>
  picked(found, scope, wanted).sort((one, other) =>
    isDissent(one) - isDissent(other) || found[other] - found[one] || lengths[one] - lengths[other] || yearOf(other) - yearOf(one) || (kinds[one] === KIND.section ? other - one : one - other));
const spread = (hits, found) => {
  const result = [], group = (at) => `${isDissent(at)}${found[at]}`;
  for (let at = 0; at < Math.min(core.WINDOW, hits.length); ) {
    let end = at;
    const taken = {}, placed = [];
    for (; end < Math.min(core.WINDOW, hits.length) && group(hits[end]) === group(hits[at]); end++) {
      const party = core.programmes[of[hits[end]]].parti;
      placed.push([end - at + core.TURN * (taken[party] ?? 0), end - at, hits[end]]);
      taken[party] = (taken[party] ?? 0) + 1;
    }
    result.push(...placed.sort((one, other) => one[0] - other[0] || one[1] - other[1]).map((each) => each[2]));
    at = end;
  }
  return [...result, ...hits.slice(core.WINDOW)];
};

// Fewer words, and words near, as answering.py and relaxing.py.
const combinations = function* (items, size, from = 0) {
  if (!size) return yield [];
  for (let at = from; at <= items.length - size; at++) for (const rest of combinations(items, size - 1, at + 1)) yield [items[at], ...rest];
};
const isDroppable = (clause) => !clause.opposed && !isOnly(clause, SIGN.kept) && !clause.forms.some((form) => /^\d/.test(form));
const isGeneral = (clause) => isOnly(clause, SIGN.general);
const answered = async (clauses, scope) => {
  const { found, marks } = await planned(clauses);
  return { clauses, found: found ?? nothing(), marks, hits: found ? counted(found, scope) : 0 };
};
const but = (some, out) => some.filter((each) => !out.includes(each));
const countOf = async (clause, scope) => (clause.hits ??= (await answered([clause], scope)).hits);
const weightOf = (clause) => clause.hits * (isGeneral(clause) ? core.GENERAL : 1);
const relaxations = async function* (clauses, scope) {
  const without = (left) => ({ clauses: but(clauses, left), left: clauses.filter((clause) => left.includes(clause)) });
  const loose = clauses.filter(isDroppable), small = loose.filter(isFunction), content = but(loose, small);
  for (const clause of content) await countOf(clause, scope);
  const unknown = content.filter((clause) => !clause.hits);
  const known = but(content, unknown).sort((one, other) => weightOf(one) - weightOf(other));
  if (small.length && small.length < clauses.length) yield without(small);
  if (unknown.length) {
    if (known.every(isGeneral)) return;
    yield without([...small, ...unknown]);
  }
  for (let size = known.length - 1; size > 0; size--) {
    let number = 0;
    for (const kept of combinations(known.slice(1), size - 1)) {
      if (number++ === core.MOST_OF_A_SIZE) break;
      yield without([...small, ...unknown, ...but(known.slice(1), kept)]);
    }
  }
  const opposed = clauses.filter((clause) => clause.opposed);
  if (opposed.length && known.length && !isGeneral(known[0])) yield without([...small, ...unknown, ...opposed, ...known.slice(1)]);
};
const weightiest = async (clauses, scope, size) => {
  const droppable = clauses.filter(isDroppable), small = droppable.filter(isFunction), loose = but(droppable, small);
  if (loose.length === 1 && small.length) return [but(clauses, small)];
  if (loose.length < 2 || loose.length > core.MOST_WEIGHED) return [];
  for (const clause of loose) await countOf(clause, scope);
  const weights = new Map(loose.map((clause) => [clause, Math.log((size + 1) / (weightOf(clause) + 1))]));
  const sum = (some) => some.reduce((total, clause) => total + weights.get(clause), 0);
  const rarest = loose.reduce((best, clause) => (weights.get(clause) > weights.get(best) ? clause : best));
  const kept = [];
  for (let number = 1; number < loose.length; number++)
    for (const some of combinations(loose, number))
      if (some.includes(rarest) && sum(some) >= sum(loose) * core.ENOUGH && !some.every(isGeneral) && !kept.some((fewer) => fewer.every((clause) => some.includes(clause)))) kept.push(some);
  return kept.map((some) => but(clauses, [...small, ...but(loose, some)]));
};
const atMost = (share) => Math.max(share * core.most, core.FULL_PAGE);
const widened = async (answer, scope, isSentence) => {
  const words = answer.clauses.filter((clause) => !clause.opposed);
  const mayBeFewer = words.length > 1 && !words.some((word) => isOnly(word, SIGN.direction)) && !(await joined(words));
  if (!isSentence && (answer.hits >= core.FULL_PAGE || !mayBeFewer)) return answer;
  const most = isSentence ? atMost(core.WIDEST) : core.NARROW * core.most;
  const smaller = [];
  for (const clauses of await weightiest(answer.clauses, scope, core.most)) smaller.push({ clauses, ...(await answered(clauses, scope)) });
  smaller.sort((one, other) => one.hits - other.hits);
  let total = 0, { found } = answer;
  const marks = new Set(answer.marks);
  for (const each of smaller) {
    total += each.hits;
    if (total > most + answer.hits) break;
    found = nearest(found, lowered((await planned(each.clauses, LIKENESS.related)).found, LIKENESS.some));
    each.marks.forEach((form) => marks.add(form));
  }
  const hits = counted(found, scope), more = hits - answer.hits;
  return more > 0 && more <= most ? { ...answer, found, text: answer.found, hits, marks, more } : answer;
};

const searched = async (text, filters) => {
  await open();
  const words = wordsOf(text.slice(0, 500));
  const read = words.length ? understood(words, text) : { items: [], dropped: new Set() };
  const { facets, labels } = narrowedBy(read);
  const scope = scopeOf(filters, facets);
  const left = read.items.filter((item, at) => !item.name && !read.dropped.has(at)).flatMap((item) => item.words);
  for (const word of left) word.row ??= (await rowOf(word.form)) ?? (await (word.forms.length > 1 ? hyphenated(word) : unlisted(word.form)));
  const clauses = await withOpposition(left);
  const asked = { labels, scope, left: [], near: "", words: left };
  const shown = new Set([...scope.own, ...(scope.own.has(KIND.pledge) ? [KIND.dissent] : [])]);
  const finished = (answer) => ({ ...asked, ...answer, shown });
  if (!clauses.length) {
    const found = nothing().fill(words.length && !labels.length ? 0 : 9);
    return finished({ clauses, found, marks: new Set(), hits: counted(found, scope) });
  }
  const typed = await answered(clauses, scope);
  const isSentence = read.dropped.size > 0;
  if (isSome(typed.found, scope, shown)) return finished(await widened(typed, scope, isSentence));
  let smaller = typed, isText = isSome(typed.found, scope, core.elsewhere), textFound = typed.found;
  for await (const { clauses: fewer, left: out } of relaxations(clauses, scope)) {
    const next = await answered(fewer, scope);
    if (smaller === typed && isSome(next.found, scope, shown)) smaller = { ...next, left: out };
    if (!isText && isSome(next.found, scope, core.elsewhere)) [isText, textFound] = [true, next.found];
    if (smaller !== typed && isText) break;
  }
  const instead = smaller === typed ? typed : await widened(smaller, scope, isSentence);
  if (smaller === typed || smaller.hits > atMost(core.WIDEST)) {
    const near = await nearby(clauses, scope);
    if (near) return finished({ ...near, text: textFound });
  }
  return finished({ ...instead, text: textFound });
};
const nearby = async (clauses, scope) => {
  const unknown = [];
  for (const clause of clauses) if (!clause.opposed && (clauses.length === 1 || !(await countOf(clause, scope)))) unknown.push(clause);
  unknown.sort((one, other) => Number(isGeneral(one)) - Number(isGeneral(other)));
  const key = await rowOf(`~ ${clauses.map((clause) => clause.row?.family ?? clause.form).join(" ")}`);
  const names = [...(key?.near ?? []), ...unknown.flatMap((clause) => clause.row?.near ?? []).slice(0, 8)];
  const found = [];
  for (const name of names) {
    const words = wordsOf(name);
    for (const word of words) word.row = await rowOf(word.form);
    const answer = await answered(words, scope);
    if (answer.hits) found.push({ ...answer, near: name });
  }
  return found.find((answer) => answer.hits <= atMost(core.WIDEST)) ?? found[0];
};
const withOpposition = async (words) => {
  for (let at = 0; at < words.length; at++)
    for (const opposed of core.opposed) {
      const size = opposed.split(" ").length;
      if (words.slice(at, at + size).map((word) => word.form).join(" ") !== opposed || (at > 0 && opposed === "mot")) continue;
      const others = [...words.slice(0, at), ...words.slice(at + size)];
      if (!others.some((word) => !isFunction(word))) continue;
      const clause = { opposed: true, typed: opposed, form: opposed, forms: opposed.split(" "), row: await rowOf(`! ${opposed}`) };
      return [...words.slice(0, at), clause, ...words.slice(at + size)];
    }
  return words;
};
const pledgesOf = (answer) => spread(ranked(answer.found, answer.scope, answer.shown), answer.found);

const text = async (number) => (await numbered("tekst", Math.floor(number / core.perFile)))[number % core.perFile];
const element = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter(Boolean));
  return made;
};
const marked = (words, marks) => {
  const pieces = [];
  let end = 0;
  for (const match of words.matchAll(/(?<![\p{L}\p{N}-])\p{L}-\p{L}{2,}|[\p{L}\p{N}]+/gu)) {
    if (!marks.has(match[0].toLowerCase())) continue;
    pieces.push(words.slice(end, match.index), element("mark", {}, match[0]));
    end = match.index + match[0].length;
  }
  return [...pieces, words.slice(end)];
};
const page = document.querySelector("[data-folder-search]");
const said = (key, values = {}) => page.dataset[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const row = async (number, marks) => {
  const [file, words, above = [], where = "", dissent = ""] = await text(number);
  const { branch, period } = core.programmes[of[number]];
  const introduced = [...above, dissent].filter(Boolean).map((each) => element("p", { class: "lead-in" }, ...marked(each, marks)));
  return element("li", { class: "hit" }, ...introduced,
    element("h3", { class: "pledge" }, element("a", { href: file }, ...marked(words, marks))),
    element("p", { class: "meta" }, ...[branch, period, where].filter(Boolean).flatMap((each) => [element("span", {}, each), " "])));
};
const filtersOf = (address) => Object.fromEntries(["parti", "lag", "nivaa", "aar", "tema", "form", "utgaver"].map((key) => [key, address.getAll(key).filter(Boolean)]));
const list = async (hits, marks) => element("ol", { class: "hits" }, ...(await Promise.all(hits.map((number) => row(number, marks)))));
const show = async () => {
  const address = new URLSearchParams(location.search);
  const query = (address.get("q") ?? "").trim(), filters = filtersOf(address);
  for (const field of document.querySelectorAll("input[name=q]")) field.value = query;
  for (const field of page.querySelectorAll("input[type=checkbox]")) field.checked = filters[field.name]?.includes(field.value) ?? false;
  if (!query && !Object.values(filters).some((values) => values.length)) return;
  const [sum, results] = [page.querySelector("[data-said]"), page.querySelector("[data-results]")];
  sum.textContent = said("searching");
  const answer = await searched(query, filters);
  const hits = pledgesOf(answer), number = Math.max(1, Number(address.get("side")) || 1);
  const shown = hits.slice((number - 1) * core.PER_PAGE, number * core.PER_PAGE);
  const listed = (words) => words.map((word) => word.typed).join(", ");
  const unknown = listed(answer.words.filter((word) => !word.row));
  const notes = [
    answer.labels.length && said("narrowed", { names: answer.labels.join(", ") }),
    answer.left.length && said("left", { words: listed(answer.left) }),
    answer.near && said("near", { word: answer.near }),
    answer.more && said("more", { number: answer.more }),
    /["“”«»*:()]|\b(OR|AND|NOT|ELLER|OG|IKKE)\b|(^|\s)-\w/.test(query) && said("signs"),
    unknown && said("unknown", { words: unknown }),
    !hits.length && said("none", { programmes: answer.scope.allowed.filter(Boolean).length }),
  ];
  sum.textContent = said("sum", { number: answer.hits, query });
  results.replaceChildren(...notes.filter(Boolean).map((note) => element("p", { class: "notice" }, note)));
  if (shown.length) results.append(await list(shown, answer.marks));
  const pages = Math.ceil(hits.length / core.PER_PAGE), ways = [[number - 1, "before"], [number + 1, "after"]].filter(([to]) => to > 0 && to <= pages);
  const link = ([to, key]) => {
    address.set("side", to);
    return element("a", { href: `?${address}` }, said(key));
  };
  if (pages > 1) results.append(element("nav", { class: "pages", "aria-label": said("pages") }, `${number} / ${pages}`, ...ways.map(link)));
  for (const [key, kind] of [["mentions", KIND.prose], ["chapters", KIND.section]]) {
    const others = query ? ranked(answer.text ?? answer.found, answer.scope, new Set([kind])) : [];
    if (others.length) results.append(element("section", {}, element("h2", {}, said(key, { number: others.length })), await list(others.slice(0, core.BESIDE), answer.marks)));
  }
  page.dataset.done = "1";
};
// For `manage.py measure_folder`.
window.mappesok = { first: async (query, most) => pledgesOf(await searched(query, filtersOf(new URLSearchParams()))).slice(0, most) };
if (page) show().catch(() => { page.querySelector("[data-said]").textContent = said("failed"); });
