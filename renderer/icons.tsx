// The icons of the window. antd's carry an English name for screen readers; here the words beside an icon name it, so
// each icon is silent.
import * as drawn from "@ant-design/icons";
import type { ComponentType, HTMLAttributes } from "react";

function silent(Icon: ComponentType<HTMLAttributes<HTMLSpanElement>>) {
  return function SilentIcon(props: HTMLAttributes<HTMLSpanElement>) {
    return <Icon {...props} role="presentation" aria-hidden="true" aria-label={undefined} />;
  };
}

export const AlignCenterOutlined = silent(drawn.AlignCenterOutlined);
export const AlignRightOutlined = silent(drawn.AlignRightOutlined);
export const BoldOutlined = silent(drawn.BoldOutlined);
export const BookOutlined = silent(drawn.BookOutlined);
export const CaretDownOutlined = silent(drawn.CaretDownOutlined);
export const CaretRightOutlined = silent(drawn.CaretRightOutlined);
export const CheckCircleOutlined = silent(drawn.CheckCircleOutlined);
export const CheckOutlined = silent(drawn.CheckOutlined);
export const CloseOutlined = silent(drawn.CloseOutlined);
export const DeleteOutlined = silent(drawn.DeleteOutlined);
export const DownOutlined = silent(drawn.DownOutlined);
export const DownloadOutlined = silent(drawn.DownloadOutlined);
export const FileAddOutlined = silent(drawn.FileAddOutlined);
export const FileDoneOutlined = silent(drawn.FileDoneOutlined);
export const FilePdfOutlined = silent(drawn.FilePdfOutlined);
export const FileSearchOutlined = silent(drawn.FileSearchOutlined);
export const FileTextOutlined = silent(drawn.FileTextOutlined);
export const FolderAddOutlined = silent(drawn.FolderAddOutlined);
export const FolderOpenOutlined = silent(drawn.FolderOpenOutlined);
export const ImportOutlined = silent(drawn.ImportOutlined);
export const LayoutOutlined = silent(drawn.LayoutOutlined);
export const MenuFoldOutlined = silent(drawn.MenuFoldOutlined);
export const MenuUnfoldOutlined = silent(drawn.MenuUnfoldOutlined);
export const MinusOutlined = silent(drawn.MinusOutlined);
export const MoreOutlined = silent(drawn.MoreOutlined);
export const PlusOutlined = silent(drawn.PlusOutlined);
export const PrinterOutlined = silent(drawn.PrinterOutlined);
export const QuestionCircleOutlined = silent(drawn.QuestionCircleOutlined);
export const RedoOutlined = silent(drawn.RedoOutlined);
export const RightOutlined = silent(drawn.RightOutlined);
export const SearchOutlined = silent(drawn.SearchOutlined);
export const SoundOutlined = silent(drawn.SoundOutlined);
export const StopOutlined = silent(drawn.StopOutlined);
export const SyncOutlined = silent(drawn.SyncOutlined);
export const TableOutlined = silent(drawn.TableOutlined);
export const UnorderedListOutlined = silent(drawn.UnorderedListOutlined);
export const UpOutlined = silent(drawn.UpOutlined);
export const UndoOutlined = silent(drawn.UndoOutlined);
export const WarningFilled = silent(drawn.WarningFilled);
export const WarningOutlined = silent(drawn.WarningOutlined);
