export { type Files, fileName, openFiles } from './kept-files.ts'
export { type Picture, type Plate, readPicture } from './picture.ts'
export { readUpload, type Upload, type UploadedFile } from './read-upload.ts'
export { fileRoutes } from './routes.ts'
