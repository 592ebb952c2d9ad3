// What the dialog 字体 shows: the faces of the machine, the role and the face that are looked at, and what was found out
// about them. A choice is made by the core, which tells every window.
import { create } from "zustand";
import type { FontState } from "../../shared/api.ts";
import type { FaceId } from "../../shared/layout/display.ts";
import {
  type FaceCoverage,
  type FaceRole,
  type FontPlan,
  faceChain,
  faceRoleNames,
} from "../../shared/layout/fonts.ts";
import type { LineChanges } from "../../shared/layout/lineChanges.ts";
import { GazetteError } from "../../shared/model/gazetteError.ts";
import { tryFonts } from "../preview/layoutClient.ts";
import { transport } from "../transport.ts";
import { useWorkspace } from "../workspace.ts";

/** What a choice would do: "same" for the face in use, null for what cannot be told. */
export type Effect = LineChanges | "same" | "noIssue" | null;

export interface FaceDesk {
  readonly state: FontState | null;
  readonly role: FaceRole;
  /** The face that is looked at; null: the one in use. */
  readonly looked: FaceId | null;
  readonly query: string;
  /** By face; a sentence where its file cannot be read. */
  readonly coverage: ReadonlyMap<FaceId, FaceCoverage | string>;
  /** Of the face that is looked at; undefined: being worked out. */
  readonly effect: Effect | undefined;
  /** Looks for the faces of the machine. */
  open(): Promise<void>;
  turn(role: FaceRole): void;
  look(id: FaceId): void;
  search(query: string): void;
  /** Null: the usual one. */
  choose(role: FaceRole, id: FaceId | null): Promise<void>;
}

const { api } = transport;

export const useFaceDesk = create<FaceDesk>()((set, get) => {
  async function measure(id: FaceId): Promise<void> {
    if (get().coverage.has(id)) return;
    const found = await api.faceCoverage(id).catch((error: unknown) => {
      if (error instanceof GazetteError) return error.message;
      throw error;
    });
    set({ coverage: new Map(get().coverage).set(id, found) });
  }

  async function foresee(role: FaceRole, id: FaceId): Promise<void> {
    set({ effect: undefined });
    const effect = await effectOf(role, id);
    if (get().role === role && get().looked === id) set({ effect });
  }

  async function effectOf(role: FaceRole, id: FaceId): Promise<Effect> {
    const { info, issue } = useWorkspace.getState();
    const { state } = get();
    if (!info || !state || state.roles.some((one) => one.role === role && one.face === id)) return "same";
    if (!issue) return "noIssue";
    const plan: FontPlan = { ...info.fonts, [role]: { chain: faceChain(id), substitute: null } };
    return tryFonts(plan, state.found);
  }

  async function show(role: FaceRole, id: FaceId): Promise<void> {
    set({ role, looked: id });
    const face = get().state?.found.find((one) => one.id === id);
    if (!face || face.unusable !== null) return set({ effect: "same" });
    await Promise.all([measure(id), foresee(role, id)]);
  }

  function inUse(role: FaceRole): FaceId | null {
    return get().state?.roles.find((one) => one.role === role)?.face ?? null;
  }

  const complain = (error: unknown) => useWorkspace.getState().complain(error);

  return {
    state: null,
    role: "song",
    looked: null,
    query: "",
    coverage: new Map(),
    effect: undefined,

    async open() {
      set({ state: await api.fontState(), query: "" });
      const { role } = get();
      const id = inUse(role);
      if (id !== null) await show(role, id);
    },

    turn(role) {
      const id = inUse(role);
      set({ query: "" });
      if (id !== null) void show(role, id).catch(complain);
    },

    look: (id) => void show(get().role, id).catch(complain),

    search: (query) => set({ query }),

    async choose(role, id) {
      const before = get().state?.roles.find((one) => one.role === role)?.chosen ?? null;
      await api.chooseFace(role, id);
      await get().open();
      const { state } = get();
      const family = state?.found.find((face) => face.id === inUse(role))?.family ?? "";
      useWorkspace.getState().say(`${faceRoleNames[role]}已改用“${family}”`, {
        label: "撤销",
        run: () => void get().choose(role, before).catch(complain),
      });
    },
  };
});
