// What the parts of the core share: the open store, the house styles and faces, the clock, and the one way to make a
// change. Each part gives some of the API's methods; core.ts puts them together.
import type { CoreEvent, Stamp } from "../../shared/api.ts";
import type { IssueId, NoticeId } from "../../shared/model/notice.ts";
import type { FaceOptions, FaceSet } from "../fonts/faces.ts";
import type { OfficeFaces } from "../fonts/officeFaces.ts";
import type { HouseStyles } from "../houseStyles.ts";
import type { Store } from "../store/store.ts";

/** What a change touched. */
export interface Changed {
  readonly notices?: readonly NoticeId[];
  readonly issues?: readonly IssueId[];
  /** Names of the house styles. */
  readonly styles?: readonly string[];
  /** Ignores or dictionaries. */
  readonly proof?: boolean;
}

export interface CoreContext {
  /** Absolute path of the data folder. */
  readonly folder: string;
  /** Folder that holds styles/, sample/ and press/. */
  readonly assets: string;
  /** Module that runs an export in a worker thread. */
  readonly worker: URL;
  /** Module that paints a drawing in a worker thread. */
  readonly drawingWorker: URL;
  /** Module that reads an office file in a worker thread. */
  readonly officeWorker: URL;
  /** Of this program. */
  readonly version: string;
  readonly clock: () => Date;
  readonly store: Store;
  readonly styles: HouseStyles;
  /** The faces of the office; looked for when first asked for. */
  readonly office: OfficeFaces;
  /** With these another thread opens the faces in use. */
  readonly faceOptions: FaceOptions;
  /** The faces in use. */
  faces(): FaceSet;
  emit(event: CoreEvent): void;
  /** One stamped change: in the store once, and told to everyone when it is. `work` returns its answer and what it
   *  touched. */
  change<T>(stamp: Stamp, method: string, args: unknown, work: () => readonly [T, Changed]): T;
  /** Told of faults of the program that a background job ran into. */
  onError(error: unknown): void;
}
